import { ProblemError } from '../errors/index.ts';
import type { Caller } from './caller.ts';

/** The longest validity that Cognito lets a pool give an access token (developer guide, token validity: 1 day). */
export const MAX_LIFETIME_SECONDS = 24 * 60 * 60;

/** How far ahead of ours the issuer's clock may be. */
export const MAX_CLOCK_SKEW_SECONDS = 60;

const USER_ID = /^[\w-]{1,128}$/;

/**
 * Reads the caller out of claims whose signature is good.
 *
 * Closes what a Cognito-signed token could still get wrong and aws-jwt-verify lets pass: no `exp`, `exp` in milliseconds,
 * `iat` missing or ahead, a `sub` that is no IVS user id, groups that are a string (where `includes` would match parts).
 *
 * @param claims the token's payload.
 * @param nowMs milliseconds since the epoch.
 * @throws ProblemError `invalid-token`
 */
export function callerFromClaims(claims: Readonly<Record<string, unknown>>, nowMs: number): Caller {
  const { sub, iat, exp, nbf, 'cognito:groups': groups = [] } = claims;
  const now = nowMs / 1000;
  if (!isWholeSeconds(exp) || !isWholeSeconds(iat)) throw new ProblemError('invalid-token');
  if (nbf !== undefined && (!isWholeSeconds(nbf) || nbf > now)) throw new ProblemError('invalid-token');
  if (exp <= now || iat > now + MAX_CLOCK_SKEW_SECONDS) throw new ProblemError('invalid-token');
  if (exp <= iat || exp - iat > MAX_LIFETIME_SECONDS) throw new ProblemError('invalid-token');
  if (typeof sub !== 'string' || !USER_ID.test(sub)) throw new ProblemError('invalid-token');
  if (!isStringArray(groups)) throw new ProblemError('invalid-token');
  return { userId: sub, groups };
}

function isWholeSeconds(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isStringArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
