import { TokenError, type TokenErrorDetails } from './token-error.ts';

/** What is read of the 201 answer of `POST /rooms/{roomId}/tokens`. */
export interface TokenAnswer {
  readonly token: string;
  /** By the server's clock. */
  readonly sessionExpirationTime: Date;
  readonly sessionSeconds: number;
}

/** Sessions last 1 to 180 minutes (IVS Chat API reference, CreateChatToken, sessionDurationInMinutes). */
const MAX_SESSION_SECONDS = 180 * 60;

/** The token travels as a WebSocket subprotocol, so it has to be an HTTP token (RFC 6455, section 4.1; RFC 9110, section 5.6.2). */
const SUBPROTOCOL = /^[\w!#$%&'*+.^`|~-]+$/;

/** A problem code is a stable lower-case name; anything else is not ours (a proxy's page, say). */
const CODE = /^[a-z][a-z0-9-]{0,63}$/;

type Members = Readonly<Record<string, unknown>>;

/**
 * Checks an answer of the tokens route member by member.
 *
 * @throws TokenError `invalid-answer` for a 2xx answer that holds no usable token, otherwise with the problem's code.
 */
export async function readTokenAnswer(response: Response): Promise<TokenAnswer> {
  const body = await readObject(response);
  if (!response.ok) throw new TokenError(problemOf(response, body));
  const { token, sessionSeconds } = body;
  const sessionExpirationTime = dateOf(body.sessionExpirationTime);
  if (
    typeof token === 'string' &&
    SUBPROTOCOL.test(token) &&
    typeof sessionSeconds === 'number' &&
    sessionSeconds > 0 &&
    sessionSeconds <= MAX_SESSION_SECONDS &&
    sessionExpirationTime
  ) {
    return { token, sessionExpirationTime, sessionSeconds };
  }
  throw new TokenError({ code: 'invalid-answer', status: response.status });
}

/** @returns the body's members; none when it is not a JSON object. A broken connection is left to the caller. */
async function readObject(response: Response): Promise<Members> {
  const text = await response.text();
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Members) : {};
  } catch {
    return {};
  }
}

function problemOf({ status, headers }: Response, body: Members): TokenErrorDetails {
  const { code, requestId } = body;
  const retryAfterSeconds = secondsOf(body.retryAfterSeconds) ?? secondsOf(headers.get('retry-after'));
  const expiresAt = dateOf(body.expiresAt);
  return {
    code: typeof code === 'string' && CODE.test(code) ? code : `http-${status}`,
    status,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(typeof requestId === 'string' ? { requestId } : {}),
  };
}

/** Retry-After's other form, an HTTP date, is left out: it would need a client clock that is right. */
function secondsOf(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' && seconds >= 0 ? seconds : undefined;
}

function dateOf(value: unknown): Date | undefined {
  const date = typeof value === 'string' ? new Date(value) : undefined;
  return date && Number.isFinite(date.getTime()) ? date : undefined;
}
