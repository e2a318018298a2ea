import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { JwtBaseError } from 'aws-jwt-verify/error';
import { ProblemError } from '../errors/index.ts';
import { unverifiedBearerToken } from './bearer.ts';
import type { Authenticate } from './caller.ts';
import { callerFromClaims } from './claims.ts';
import { createJwksCache, type JwksCacheDeps } from './jwks-cache.ts';
import { assertTokenForm } from './token-form.ts';

/** Whose tokens are trusted, and how their keys are read. */
export interface AuthenticateDeps extends JwksCacheDeps {
  readonly userPoolId: string;
  readonly userPoolClientId: string;
}

/** Creates the check that every route but the open ones begins with. One per function instance: it keeps the keys. */
export function createAuthenticate(deps: AuthenticateDeps): Authenticate {
  const verifier = CognitoJwtVerifier.create(
    { userPoolId: deps.userPoolId, tokenUse: 'access', clientId: deps.userPoolClientId },
    { jwksCache: createJwksCache(deps) },
  );
  return async (unverifiedAuthorization) => {
    const token = unverifiedBearerToken(unverifiedAuthorization);
    assertTokenForm(token);
    try {
      return callerFromClaims(await verifier.verify(token), deps.now());
    } catch (cause) {
      // Only what the verifier itself refuses is the token's fault: anything unforeseen stays an internal error.
      throw cause instanceof JwtBaseError ? new ProblemError('invalid-token', { cause }) : cause;
    }
  };
}
