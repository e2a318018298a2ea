/** HTTP status of what is not answered with 400, as every modelled Cognito exception is. */
const STATUS: ReadonlyMap<string, number> = new Map([
  ['InternalErrorException', 500],
  ['RequestEntityTooLargeException', 413],
  ['NotImplementedInStandIn', 501],
]);

/** The exceptions that the stand-in answers; the last one is not AWS's but its own way of saying that it does not do this. */
type ErrorType =
  | 'GroupExistsException'
  | 'InternalErrorException'
  | 'InvalidParameterException'
  | 'InvalidPasswordException'
  | 'NotAuthorizedException'
  | 'RequestEntityTooLargeException'
  | 'ResourceNotFoundException'
  | 'SerializationException'
  | 'UnknownOperationException'
  | 'UnsupportedUserStateException'
  | 'UserNotFoundException'
  | 'UsernameExistsException'
  | 'NotImplementedInStandIn';

/** An error answer of the AWS JSON 1.1 protocol: `{__type, message}`. Messages hold no password, token or user name. */
export class CognitoError extends Error {
  readonly type: ErrorType;
  /** Something that AWS does and the stand-in does not: also written to the log. */
  readonly notEmulated: boolean;

  constructor(type: ErrorType, message: string, { notEmulated = false } = {}) {
    super(message);
    this.name = type;
    this.type = type;
    this.notEmulated = notEmulated;
  }

  get status(): number {
    return STATUS.get(this.type) ?? 400;
  }
}

/** @param what the operation, member or value that AWS knows and the stand-in does not. */
export function notImplemented(what: string): CognitoError {
  return new CognitoError('NotImplementedInStandIn', `the local user pool does not emulate ${what}`, {
    notEmulated: true,
  });
}

export function notAuthorized(message: string): CognitoError {
  return new CognitoError('NotAuthorizedException', message);
}

export function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}

/** The one answer to a wrong password, and to an unknown user while user existence errors are prevented. */
export function wrongCredentials(): CognitoError {
  return notAuthorized('Incorrect username or password.');
}

export function userNotFound(): CognitoError {
  return new CognitoError('UserNotFoundException', 'User does not exist.');
}

export function resourceNotFound(message: string): CognitoError {
  return new CognitoError('ResourceNotFoundException', message);
}
