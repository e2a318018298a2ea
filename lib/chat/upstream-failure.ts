import { type ProblemCode, ProblemError } from '../errors/index.ts';

/** What went wrong with one attempt, and whether another one can help. */
export interface UpstreamFailure {
  readonly code: ProblemCode;
  readonly retry: boolean;
}

const failure = (code: ProblemCode, retry = false): UpstreamFailure => Object.freeze({ code, retry });

const THROTTLED = failure('upstream-throttled', true);
const UNAVAILABLE = failure('upstream-unavailable', true);
const TIMED_OUT = failure('upstream-timeout', true);
const REFUSED = failure('upstream-refused');
const REJECTED = failure('upstream-rejected');
const QUOTA_EXCEEDED = failure('upstream-quota-exceeded');
const INVALID_ANSWER = failure('upstream-invalid-answer');

/** By the error type that IVS Chat names (API reference, common errors, and each operation's own). */
const BY_NAME: ReadonlyMap<string, UpstreamFailure> = new Map([
  // Throttling is modelled for some operations only, and comes as 400 as well as 429.
  ['ThrottlingException', THROTTLED],
  ['TooManyRequestsException', THROTTLED],
  ['ServiceQuotaExceededException', QUOTA_EXCEEDED],
  ['PendingVerification', failure('upstream-account-pending')],
  ['AccessDeniedException', REFUSED],
  // Common errors about signatures that come as 400: what a wrong clock of ours leads to.
  ['InvalidSignatureException', REFUSED],
  ['RequestExpired', REFUSED],
  ['ResourceNotFoundException', failure('room-not-found')],
]);

/** By status, where the name says nothing. A 404 without its name is a wrong endpoint, not a missing room. */
const BY_STATUS: ReadonlyMap<number, UpstreamFailure> = new Map([
  [401, REFUSED],
  [402, QUOTA_EXCEEDED],
  [403, REFUSED],
  [429, THROTTLED],
]);

/** The parts of an SDK error that are looked at. */
interface SdkError extends Error {
  readonly $fault?: 'client' | 'server';
  readonly $metadata?: { readonly httpStatusCode?: number; readonly clockSkewCorrected?: true };
  readonly $response?: unknown;
  readonly code?: unknown;
}

/** Node's codes for wrong arguments and characters: no other attempt mends those. */
const OUR_MISTAKE = /^ERR_(?:INVALID|MISSING|OUT_OF_RANGE|UNESCAPED|HTTP_INVALID)/;

/**
 * Sorts an error of the IVS Chat client.
 *
 * @param aborted whether the attempt ran out of its time: then whatever the error says is a consequence of that.
 * @returns undefined when the error is none of the upstream's, such as missing credentials.
 */
export function classifyUpstreamError(error: unknown, aborted: boolean): UpstreamFailure | undefined {
  if (aborted) return TIMED_OUT;
  if (!(error instanceof Error)) return undefined;
  const { name, $fault, $metadata, $response, code }: SdkError = error;
  if ($fault) {
    const found = BY_NAME.get(name) ?? byStatus($metadata?.httpStatusCode ?? 0);
    // The SDK has just learned the service's clock: the same request, signed anew, can succeed. It says so after any error.
    return found === REFUSED && $metadata?.clockSkewCorrected ? { ...found, retry: true } : found;
  }
  // Node's own codes: ECONNRESET, ENOTFOUND, DEPTH_ZERO_SELF_SIGNED_CERT. The SDK calls some of them TimeoutError: a reset is none.
  if (typeof code === 'string' && !OUR_MISTAKE.test(code)) {
    return code === 'ETIMEDOUT' ? TIMED_OUT : UNAVAILABLE;
  }
  // Something was answered that the SDK could not read: HTML, cut-off JSON, a date that is none.
  return $response !== undefined ? INVALID_ANSWER : undefined;
}

function byStatus(status: number): UpstreamFailure {
  return BY_STATUS.get(status) ?? (status >= 500 ? UNAVAILABLE : REJECTED);
}

/** Codes that ask the client to come back, after 1 to 5 seconds: spread, so that those who were refused together do not return together. */
const COME_BACK = new Set<ProblemCode>(['upstream-throttled', 'upstream-unavailable']);
const COME_BACK_MAX_SECONDS = 5;
/** Codes that wait for an operator. */
const OPERATOR = new Set<ProblemCode>(['upstream-quota-exceeded', 'upstream-account-pending']);
const OPERATOR_SECONDS = 60;

/** @param random 0 (inclusive) to 1 (exclusive). */
export function upstreamProblem(code: ProblemCode, cause: unknown, random: () => number): ProblemError {
  if (COME_BACK.has(code)) {
    const retryAfterSeconds = 1 + Math.floor(random() * COME_BACK_MAX_SECONDS);
    return new ProblemError(code, { cause, retryAfterSeconds });
  }
  return new ProblemError(code, {
    cause,
    ...(OPERATOR.has(code) && { retryAfterSeconds: OPERATOR_SECONDS }),
  });
}
