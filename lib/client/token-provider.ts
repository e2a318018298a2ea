import { createPace, type Pace } from './pace.ts';
import { createStop, type Stop } from './stop.ts';
import { readTokenAnswer, type TokenAnswer } from './token-answer.ts';
import { TokenError } from './token-error.ts';

/** How the person asks to appear in the room. The API reviews it; role and badge never come from here. */
export interface ChatProfile {
  /** 1 to 40 code points. */
  readonly displayName?: string;
  /** An id of the deployment's set, or an https address on one of its hosts. */
  readonly avatar?: string;
  /** `#rrggbb` */
  readonly color?: string;
}

export interface TokenProviderOptions {
  /** Address of the API, with or without a trailing slash. */
  readonly baseUrl: string;
  /** 12-character IVS room id. */
  readonly roomId: string;
  /** Gives the Cognito access token, renewed when it has to be: asked before every call. */
  readonly getAccessToken: () => Promise<string> | string;
  readonly profile?: ChatProfile;
  /** Called with every failure: the SDK swallows what its provider rejects with. Its own failures are ignored. */
  readonly onError?: (error: TokenError) => void;
  /**
   * How long `getAccessToken` and the request to the API may each take, in milliseconds. Default 15000: the API's function
   * ends after 10 seconds.
   */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds since the epoch; has to be the clock that the SDK reads, `Date.now`, except in tests. */
  readonly now?: () => number;
  /** 0 inclusive to 1 exclusive. */
  readonly random?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
}

/** What `ChatRoom` of `amazon-ivs-chat-messaging` takes (its `ChatToken`). */
export interface ProvidedToken {
  readonly token: string;
  /** When the session ends, by the server's clock. */
  readonly sessionExpirationTime: Date;
  /** When the session ends, by this client's clock: the SDK schedules its renewal from this. */
  readonly tokenExpirationTime: Date;
}

/** The SDK's `ChatTokenProvider`, and a way to forget a ban, a refusal or a wait. */
export interface TokenProvider {
  /** @throws TokenError when there is no token. */
  (): Promise<ProvidedToken>;
  /**
   * Asks the API at the next call whatever it said before, or still says to a call from before: after a new sign-in or a
   * lifted ban. The next call waits for none of those.
   */
  reset(): void;
}

const DEFAULT_TIMEOUT_MS = 15_000;

/**
 * Creates the token provider of one room.
 *
 * The SDK (1.1.1) plans its next connection from `tokenExpirationTime`. IVS's own value lies one minute ahead, which makes
 * every viewer fetch a token each 30 seconds; so the SDK is given the end of the session, counted on its own clock. It also
 * repeats a failed connection three times at once: those repeats are spread out, and each gets a token of its own, because
 * tokens are single use. Calls are made one at a time, but for those from before a `reset()`.
 */
export function createTokenProvider(options: TokenProviderOptions): TokenProvider {
  const now = options.now ?? Date.now;
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((wake) => setTimeout(wake, ms)));
  const { random = Math.random, onError = () => {} } = options;

  const provide = async ({ pace, stop }: Memory): Promise<ProvidedToken> => {
    let accessToken = await accessTokenOf(options);
    const refusal = stop.holds(accessToken);
    if (refusal) throw refusal;
    const wait = pace.begin();
    if (wait > 0) {
      await sleep(wait);
      accessToken = await accessTokenOf(options);
    }
    const askedAt = now();
    try {
      const { token, sessionExpirationTime, sessionSeconds } = await request(options, accessToken);
      pace.end();
      return { token, sessionExpirationTime, tokenExpirationTime: new Date(askedAt + sessionSeconds * 1000) };
    } catch (error) {
      const problem = asTokenError(error);
      pace.end(problem.retryAfterSeconds);
      stop.note(problem, accessToken);
      throw problem;
    }
  };

  let memory = createMemory(now, random);
  const provider = (): Promise<ProvidedToken> => {
    const current = memory;
    const next = current.last.then(() => provide(current));
    current.last = next.catch(() => {});
    next.catch(onError).catch(() => {});
    return next;
  };
  const reset = () => {
    memory = createMemory(now, random);
  };
  return Object.assign(provider, { reset });
}

/** What calls leave to those after them. A reset starts a new one: calls from before it go on with theirs. */
interface Memory {
  readonly pace: Pace;
  readonly stop: Stop;
  /** Settles with the latest call; never rejects. */
  last: Promise<unknown>;
}

function createMemory(now: () => number, random: () => number): Memory {
  return { pace: createPace(now, random), stop: createStop(now), last: Promise.resolve() };
}

async function accessTokenOf(options: TokenProviderOptions): Promise<string> {
  const { getAccessToken, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TokenError({ code: 'access-token-timeout' })), timeoutMs);
  });
  const asked = Promise.resolve()
    .then(getAccessToken)
    .catch(() => '');
  const accessToken = await Promise.race([asked, tooLate]).finally(() => clearTimeout(timer));
  if (typeof accessToken !== 'string' || accessToken === '')
    throw new TokenError({ code: 'no-access-token' });
  return accessToken;
}

async function request(options: TokenProviderOptions, accessToken: string): Promise<TokenAnswer> {
  const { baseUrl, roomId, profile = {}, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const { fetch = globalThis.fetch } = options;
  const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/rooms/${encodeURIComponent(roomId)}/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(profile),
    // The bearer token goes to the API and nowhere else.
    redirect: 'error',
    credentials: 'omit',
    signal: AbortSignal.timeout(timeoutMs),
  });
  return readTokenAnswer(response);
}

/** Fetch rejects with errors that differ by browser; only the time-out can be told apart by its name. */
function asTokenError(error: unknown): TokenError {
  if (error instanceof TokenError) return error;
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  return new TokenError({ code: isTimeout ? 'timeout' : 'network' });
}
