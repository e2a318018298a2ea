/** The document that the caller of a function gets instead of its result. */
export interface RuntimeFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Lambda quotas: 6 MB for a synchronous response, with the allowance that the service itself states in its error. */
export const RESPONSE_LIMIT_BYTES = 6_291_556;

/** @param at milliseconds since the epoch, in the local stack's time. */
export function timedOut(requestId: string, timeoutSeconds: number, at: number): RuntimeFailure {
  const after = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `${new Date(at).toISOString()} ${requestId} ${after}`,
  };
}

/** The instance's thread ended without an answer, as after `process.exit`. */
export function exited(requestId: string, exitCode: number): RuntimeFailure {
  const reason =
    exitCode === 0
      ? 'Runtime exited without providing a reason'
      : `Runtime exited with error: exit status ${exitCode}`;
  return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${reason}` };
}

/** The instance used more memory than its function's memorySize. */
export function outOfMemory(requestId: string): RuntimeFailure {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  };
}

export const RESPONSE_TOO_LARGE: RuntimeFailure = {
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${RESPONSE_LIMIT_BYTES} bytes).`,
};
