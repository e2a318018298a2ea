import { PROBLEMS, type ProblemCode } from './problem-codes.ts';

/** One place in a request body that is wrong. */
export interface BodyError {
  /** JSON Pointer (RFC 6901) into the body; the empty string is the whole body. */
  readonly pointer: string;
  /** What is expected there; never the value that was sent. */
  readonly detail: string;
}

/** What an occurrence of a problem may add to its table row. Everything but `cause` reaches the client. */
export interface ProblemOptions {
  /** Replaces the table's description. Holds no secret and nothing that an upstream said. */
  readonly detail?: string;
  /** Sent as `Retry-After` and `retryAfterSeconds`; a positive whole number of seconds. */
  readonly retryAfterSeconds?: number;
  readonly errors?: readonly BodyError[];
  /** Kept for the log, which takes nothing of it but its name. */
  readonly cause?: unknown;
}

/** The only error whose content reaches a client; every other one is answered as `internal`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly statusCode: number;
  readonly detail: string;
  readonly retryAfterSeconds: number | undefined;
  readonly errors: readonly BodyError[] | undefined;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    const { status, title, description } = PROBLEMS[code];
    super(title, 'cause' in options ? { cause: options.cause } : {});
    this.code = code;
    this.statusCode = status;
    this.detail = options.detail ?? description;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.errors = options.errors;
  }
}

/** @returns the error itself when it is a problem, otherwise `internal` with the error as its cause. */
export function asProblem(error: unknown): ProblemError {
  return error instanceof ProblemError ? error : new ProblemError('internal', { cause: error });
}
