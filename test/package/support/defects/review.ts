import { attribute, property, REVIEW, type Seeds, sometimes, without } from './damage.ts';

const ALIAS = 'ReviewDashmessageProvConcLambdaAlias';
const HANDLER = ['MessageReviewHandler'];
const BARE_FUNCTION = { 'Fn::GetAtt': [REVIEW, 'Arn'] };

/** The review handler, its alias, and what the room does with it. */
export const REVIEW_DEFECTS: Seeds = {
  'fallback-result-stated': {
    'no FallbackResult': property('Room', [...HANDLER, 'FallbackResult'], undefined),
    'a FallbackResult that is not what the handler does when it fails': property(
      'Room',
      [...HANDLER, 'FallbackResult'],
      'ALLOW',
    ),
    'a FallbackResult under a condition': property('Room', [...HANDLER, 'FallbackResult'], sometimes('DENY')),
  },
  'handler-through-alias': {
    'a room that asks the bare function where an alias is due': property(
      'Room',
      [...HANDLER, 'Uri'],
      BARE_FUNCTION,
    ),
    'a permission for the bare function where an alias is due': property(
      'ReviewPermission',
      ['FunctionName'],
      BARE_FUNCTION,
    ),
    'a room and a permission for the bare function, whose alias names it by its ARN': (t) => {
      property(ALIAS, ['FunctionName'], BARE_FUNCTION)(t);
      property('Room', [...HANDLER, 'Uri'], BARE_FUNCTION)(t);
      property('ReviewPermission', ['FunctionName'], BARE_FUNCTION)(t);
    },
    'a room without a review handler': property('Room', HANDLER, undefined),
    'a review handler under a condition': (t) =>
      property('Room', HANDLER, sometimes(t.Resources.Room.Properties.MessageReviewHandler))(t),
    'no permission for IVS Chat': without('ReviewPermission'),
    'no function review-message': without(REVIEW),
  },
  'room-waits-for-permission': {
    'a room that does not wait for the permission': attribute('Room', 'DependsOn', ['Table']),
    'a room that waits for the permission, which has no time to become known': attribute(
      'Table',
      'DependsOn',
      undefined,
    ),
  },
  'review-is-bounded': {
    'a review time-out that is too long': property(REVIEW, ['Timeout'], 3),
    'a review time-out under a condition': property(REVIEW, ['Timeout'], sometimes(1)),
    'a review handler with little memory': property(REVIEW, ['MemorySize'], 128),
  },
  'chat-log-is-wired': {
    'a room that never logs': property('Room', ['LoggingConfigurationIdentifiers'], undefined),
    'a room that logs under another condition': property(
      'Room',
      ['LoggingConfigurationIdentifiers'],
      sometimes([{ Ref: 'ChatLoggingConfiguration' }]),
    ),
    'a chat that is logged with the requests': property(
      'ChatLoggingConfiguration',
      ['DestinationConfiguration', 'CloudWatchLogs', 'LogGroupName'],
      { Ref: 'HttpApiLogGroup' },
    ),
    'a chat that is logged to a bucket': property('ChatLoggingConfiguration', ['DestinationConfiguration'], {
      S3: { BucketName: 'somebody-elses' },
    }),
    'a chat log that goes with the stack': attribute('ChatLogGroup', 'DeletionPolicy', undefined),
  },
  'alias-is-provisioned': {
    'an alias of another function': property(ALIAS, ['FunctionName'], { Ref: 'HealthLambdaFunction' }),
    'an alias of what was deployed last': property(ALIAS, ['FunctionVersion'], '$LATEST'),
    'an alias that keeps nothing started': property(ALIAS, ['ProvisionedConcurrencyConfig'], undefined),
    'an alias that keeps instances started under a condition': property(
      ALIAS,
      ['ProvisionedConcurrencyConfig'],
      sometimes({ ProvisionedConcurrentExecutions: 2 }),
    ),
    'a version of another function': (t) => {
      const [id = ''] = Object.keys(t.Resources).filter((name) => name.includes('LambdaVersion'));
      property(id, ['FunctionName'], { Ref: 'HealthLambdaFunction' })(t);
    },
  },
  'reservation-is-due': {
    'no word on the review handler’s concurrency': property(
      REVIEW,
      ['ReservedConcurrentExecutions'],
      undefined,
    ),
    'a reservation that the parameter does not change': property(
      REVIEW,
      ['ReservedConcurrentExecutions'],
      100,
    ),
    'a reservation that is made when none is due': property(REVIEW, ['ReservedConcurrentExecutions'], {
      Ref: 'ReviewReservedConcurrency',
    }),
    'a function that is switched off': property('TokensLambdaFunction', ['ReservedConcurrentExecutions'], 0),
  },
  'provisioned-within-reserved': {
    'more instances kept started than are set aside': property(
      ALIAS,
      ['ProvisionedConcurrencyConfig', 'ProvisionedConcurrentExecutions'],
      101,
    ),
  },
};
