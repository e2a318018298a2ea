/** An error of the Lambda API itself, as opposed to one of a function. */
export class LambdaApiError extends Error {
  override readonly name = 'LambdaApiError';
  /** The error's name in the Lambda API reference, Invoke. */
  readonly code: string;
  readonly status: number;
  readonly document: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    document: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(code);
    this.status = status;
    this.code = code;
    this.document = document;
    this.headers = headers;
  }
}

const RETRY_AFTER_SECONDS = '1';

/** The errors of Invoke. Whether a document says `Message` or `message` is the model's choice, not ours. */
export const apiErrors = {
  notFound: (arn: string) =>
    new LambdaApiError(404, 'ResourceNotFoundException', {
      Type: 'User',
      Message: `Function not found: ${arn}`,
    }),
  invalidContent: () =>
    new LambdaApiError(400, 'InvalidRequestContentException', {
      Type: 'User',
      message: 'Could not parse request body into json: Could not parse payload into json',
    }),
  tooLarge: (invocationType: string, limitBytes: number) =>
    new LambdaApiError(413, 'RequestTooLargeException', {
      Type: 'User',
      message: `Payload is too large for the ${invocationType} invocation type (limit ${limitBytes} bytes)`,
    }),
  /** The function handles as many events as its reserved concurrency allows. */
  tooManyRequests: () =>
    new LambdaApiError(
      429,
      'TooManyRequestsException',
      {
        Type: 'User',
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
        message: 'Rate Exceeded.',
      },
      { 'retry-after': RETRY_AFTER_SECONDS },
    ),
  invalidParameter: (message: string) =>
    new LambdaApiError(400, 'InvalidParameterValueException', { Type: 'User', message }),
  notEmulated: (what: string) =>
    new LambdaApiError(501, 'NotEmulatedException', {
      Type: 'User',
      message: `${what} is not emulated by the local Lambda`,
    }),
  service: () =>
    new LambdaApiError(500, 'ServiceException', { Type: 'Service', Message: 'The local Lambda failed' }),
};
