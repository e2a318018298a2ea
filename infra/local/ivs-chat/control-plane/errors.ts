import type { Violation } from './validation.ts';

/** HTTP status of every error that the control plane answers. Service model, restJson1 and the API reference's common errors. */
const STATUS = {
  AccessDeniedException: 403,
  IncompleteSignatureException: 403,
  InternalServerException: 500,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 402,
  ThrottlingException: 429,
  ValidationException: 400,
  RequestEntityTooLargeException: 413,
  SerializationException: 400,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
  UnsupportedMediaTypeException: 415,
  /** Not AWS's: the stand-in's own way of saying that it does not do this. */
  NotImplementedInStandIn: 501,
} as const;

export type ErrorType = keyof typeof STATUS;

/** An error answer: the type goes into a header, the message and the modelled fields into the body. */
export class ServiceError extends Error {
  readonly type: ErrorType;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(type: ErrorType, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = type;
    this.type = type;
    this.fields = fields;
  }

  get status(): number {
    return STATUS[this.type];
  }
}

/** @param violations at least one. */
export function validationException(violations: readonly Violation[]): ServiceError {
  const paths = new Set(violations.map(({ path }) => path.join('.')));
  const first = violations[0]?.message ?? '';
  const message =
    violations.length === 1
      ? `1 validation error detected. ${first}`
      : `${violations.length} validation errors at ${paths.size} paths detected. First failure: ${first}`;
  return new ServiceError('ValidationException', message, {
    reason: 'FIELD_VALIDATION_FAILED',
    fieldList: violations.map((violation) => ({
      name: violation.path.join('.'),
      message: violation.message,
    })),
  });
}

/** A value that its constraints allow and the state of the account does not. */
export function invalidField(name: string, why: string): ServiceError {
  const message = `Request member: ${name} failed to satisfy the constraints: ${why}`;
  return new ServiceError('ValidationException', message, {
    reason: 'FIELD_VALIDATION_FAILED',
    fieldList: [{ name, message }],
  });
}

export function serializationException(message: string): ServiceError {
  return new ServiceError('SerializationException', message);
}

/** @param arn of a room or a logging configuration: the model has no other resource type than ROOM for either. */
export function resourceNotFound(arn: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', `Resource: ${arn} not found`, resource(arn));
}

export function accessDenied(operation: string, arn: string): ServiceError {
  return new ServiceError(
    'AccessDeniedException',
    `User is not authorized to perform: ivschat:${operation} on resource: ${arn}`,
  );
}

/** @param about the room's ARN, or the account id where the operation has no room. */
export function throttled(operation: string, about: string, limit: number): ServiceError {
  return new ServiceError('ThrottlingException', `Rate exceeded for ${operation}`, {
    ...resource(about),
    limit,
  });
}

export function roomQuotaExceeded(accountId: string, limit: number): ServiceError {
  return new ServiceError('ServiceQuotaExceededException', 'The quota of rooms is reached', {
    ...resource(accountId),
    limit,
  });
}

/** What AWS does and this stand-in does not: said in the answer and in the log. */
export function notImplemented(what: string, log: (line: string) => void): ServiceError {
  log(`ivs-chat: refused ${what}: this stand-in does not implement it`);
  return new ServiceError('NotImplementedInStandIn', `${what} is not implemented in this stand-in`);
}

function resource(arn: string): { resourceId: string; resourceType: string } {
  return { resourceId: arn.slice(arn.lastIndexOf('/') + 1), resourceType: 'ROOM' };
}
