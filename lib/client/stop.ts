import type { TokenError } from './token-error.ts';

/** Refusals that asking again at once cannot change. */
export interface Stop {
  /** @returns the refusal that still holds for this access token, without asking the API. */
  holds(accessToken: string): TokenError | undefined;
  /** Notes a failed call. @param accessToken what it was made with. */
  note(error: TokenError, accessToken: string): void;
}

const BAN_CODE = /^ban(ned)?(-|$)|-banned$/;

/** How long any other refusal (400, 403, 404 …) is held against the SDK's repeats, which come within milliseconds. */
const REFUSAL_HOLD_MS = 10_000;

/**
 * Remembers refusals: a ban until it expires (or for good), a 401 until there is another access token, any other 4xx
 * just long enough to spare the API the SDK's repeats. 408, 425 and 429 are no refusals: waiting helps.
 */
export function createStop(now: () => number): Stop {
  let refusal: { error: TokenError; until: number; accessToken: string | undefined } | undefined;
  return {
    holds(accessToken) {
      if (!refusal || now() >= refusal.until) return undefined;
      if (refusal.accessToken !== undefined && refusal.accessToken !== accessToken) return undefined;
      return refusal.error;
    },
    note(error, accessToken) {
      const { status = 0 } = error;
      if (status < 400 || status >= 500 || status === 408 || status === 425 || status === 429) return;
      const isUnauthorized = status === 401;
      refusal = {
        error,
        until: isUnauthorized ? Number.POSITIVE_INFINITY : endOf(error, now()),
        accessToken: isUnauthorized ? accessToken : undefined,
      };
    },
  };
}

/** The seconds that the API gives come before its instant: they are right on a client whose clock is wrong. */
function endOf(error: TokenError, now: number): number {
  if (error.status !== 403 || !BAN_CODE.test(error.code)) return now + REFUSAL_HOLD_MS;
  if (error.retryAfterSeconds !== undefined) return now + error.retryAfterSeconds * 1000;
  return error.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
}
