import { ProblemError } from '../errors/index.ts';

/** API Gateway takes 10,240 bytes of headers in all; a Cognito access token has 1 to 3 kB. */
export const MAX_TOKEN_LENGTH_BYTES = 8192;

/** RFC 6750, section 2.1, with the scheme in any case (RFC 9110, section 11.1). */
const BEARER = /^bearer +([\w\-.~+/]+=*)$/i;
const BEARER_SCHEME = /^bearer(?: |$)/i;

/**
 * Reads the token out of an Authorization header.
 *
 * Two headers reach the function joined by a comma, which no token holds; so they are refused rather than chosen between.
 *
 * @returns the token, not verified in any way.
 * @throws ProblemError `no-credentials` when there is no header or another scheme, `invalid-token` when it is malformed.
 */
export function unverifiedBearerToken(authorization: string | undefined): string {
  if (!authorization || !BEARER_SCHEME.test(authorization)) throw new ProblemError('no-credentials');
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined || token.length > MAX_TOKEN_LENGTH_BYTES) throw new ProblemError('invalid-token');
  return token;
}
