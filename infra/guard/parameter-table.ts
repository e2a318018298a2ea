/** A parameter without its default and its description. */
export interface ParameterForm {
  readonly Type: 'String' | 'Number';
  readonly AllowedPattern?: string;
  readonly AllowedValues?: readonly string[];
  readonly MinValue?: number;
}

/** Every parameter of the template. What permissions are pinned to and roles reach rests on these patterns. */
export const TEMPLATE_PARAMETERS: Readonly<Record<string, ParameterForm>> = {
  ExistingUserPoolId: {
    Type: 'String',
    AllowedPattern: '^([a-z]{2}(-[a-z]+)+-[0-9]_[a-zA-Z0-9]+)?$',
  },
  ExistingUserPoolClientId: { Type: 'String', AllowedPattern: '^[a-zA-Z0-9_+]{0,128}$' },
  ExistingRoomId: { Type: 'String', AllowedPattern: '^([a-zA-Z0-9]{12})?$' },
  ChatLogging: { Type: 'String', AllowedValues: ['on', 'off'] },
  ReviewReservedConcurrency: { Type: 'Number', MinValue: 0 },
};

/** Every condition of the template. */
export const CONDITIONS: Readonly<Record<string, unknown>> = {
  CreateUserPool: { 'Fn::Equals': [{ Ref: 'ExistingUserPoolId' }, ''] },
  CreateRoom: { 'Fn::Equals': [{ Ref: 'ExistingRoomId' }, ''] },
  ReserveReview: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'ReviewReservedConcurrency' }, '0'] }] },
  LogChat: { 'Fn::And': [{ Condition: 'CreateRoom' }, { 'Fn::Equals': [{ Ref: 'ChatLogging' }, 'on'] }] },
};

/** Resources that are made under a condition, by logical id. Every other one is always made. */
export const CONDITION_OF: Readonly<Record<string, string>> = {
  UserPool: 'CreateUserPool',
  UserPoolClient: 'CreateUserPool',
  AdminsGroup: 'CreateUserPool',
  ModeratorsGroup: 'CreateUserPool',
  Room: 'CreateRoom',
  ChatLogGroup: 'LogChat',
  ChatLoggingConfiguration: 'LogChat',
};
