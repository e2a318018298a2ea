import { attribute, entry, properties, property, REVIEW, type Seeds, TOKENS } from './damage.ts';

const ROOM_ID = { 'Fn::GetAtt': ['Room', 'Id'] };
const roomIf = (condition: string) => ({ 'Fn::If': [condition, ROOM_ID, { Ref: 'ExistingRoomId' }] });

/** What CloudFormation itself would refuse, or silently leave out: found by AWS's validator. */
export const SCHEMA_DEFECTS: Seeds = {
  'schema:F3002': {
    'a misspelt property': property('Room', ['MessageReviewHandler', 'FallbackResults'], 'DENY'),
  },
  'schema:W3030': {
    'a value that is none of the enumeration': property(
      'Room',
      ['MessageReviewHandler', 'FallbackResult'],
      'MAYBE',
    ),
  },
  'schema:F3003': {
    'a required property that is missing': property('ReviewPermission', ['Principal'], undefined),
  },
  'schema:F3012': { 'a value of the wrong type': property(REVIEW, ['Timeout'], 'one') },
  'schema:F1020': {
    'a reference to nothing': property('UserPoolClient', ['UserPoolId'], { Ref: 'UserPol' }),
  },
  'schema:E9004': {
    'an attribute that the resource does not have': property(TOKENS, ['Role'], {
      'Fn::GetAtt': ['TokensRole', 'Ann'],
    }),
  },
  'schema:F3004': {
    'a circular dependency: the review function names the room, which waits for the review function':
      property(REVIEW, ['Environment', 'Variables', 'REGISTERED_ROOMS'], ROOM_ID),
    'a circular dependency: the room waits for the stage, whose routes need the functions that name the room':
      attribute('Room', 'DependsOn', ['ReviewPermission', 'Table', 'HttpApiStage']),
  },
  'schema:E3039': {
    'an index whose attribute is not defined': (t) => properties(t, 'Table').AttributeDefinitions.pop(),
  },
  'schema:W1001': {
    'an output that names a room that may not be there': entry(['Outputs', 'RoomId', 'Value'], ROOM_ID),
    'an output that names the room under another condition': entry(
      ['Outputs', 'RoomId', 'Value'],
      roomIf('CreateUserPool'),
    ),
    'an output that names the room where it is not made': entry(['Outputs', 'RoomId', 'Value'], {
      'Fn::If': ['CreateRoom', { Ref: 'ExistingRoomId' }, ROOM_ID],
    }),
  },
};
