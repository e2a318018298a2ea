import { render } from './render.ts';

const either = (condition: string, made: object, existing: string) =>
  render({ 'Fn::If': [condition, made, { Ref: existing }] });

/** What the template says, as `render` writes it, wherever it means the user pool, its client, the room or this account. */
export const USER_POOL = either('CreateUserPool', { Ref: 'UserPool' }, 'ExistingUserPoolId');
export const USER_POOL_CLIENT = either(
  'CreateUserPool',
  { Ref: 'UserPoolClient' },
  'ExistingUserPoolClientId',
);
export const ROOM = either('CreateRoom', { 'Fn::GetAtt': ['Room', 'Id'] }, 'ExistingRoomId');
export const ACCOUNT = render({ Ref: 'AWS::AccountId' });

/** The beginning of the ARNs of a service in this partition, region and account. */
export const arnOf = (service: string): string =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}`;
