import { createLocalJWKSet, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../clock.ts';
import type { User } from './directory.ts';
import { notAuthorized } from './errors.ts';
import type { CognitoKnobs } from './knobs.ts';
import type { Randomness } from './randomness.ts';
import type { SignIn } from './sign-ins.ts';
import type { SigningKeys, TokenUse } from './signing-keys.ts';

/** `AuthenticationResultType` without a refresh token. */
export interface IssuedTokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  /** Seconds that the access token is valid. */
  readonly ExpiresIn: number;
  readonly TokenType: 'Bearer';
}

export interface Tokens {
  issue(user: User, signIn: SignIn): Promise<IssuedTokens>;
  /**
   * Reads an access token as Cognito's own user operations do.
   * @throws CognitoError NotAuthorizedException when it is not one of ours, not an access token or expired.
   */
  readAccess(token: string): Promise<{ sub: string; originJti: string }>;
}

interface TokensOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly keys: SigningKeys;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly knobs: CognitoKnobs;
}

/** Attributes that an id token carries as JSON booleans (developer guide, "Understanding the identity (ID) token"). */
const BOOLEAN_ATTRIBUTES = new Set(['email_verified', 'phone_number_verified']);

export function createTokens(options: TokensOptions): Tokens {
  const { issuer, clientId, keys, clock, random, knobs } = options;
  const sign = async (use: TokenUse, minutes: number, claims: JWTPayload) => {
    const { kid, key } = await keys.current(use);
    const iat = Math.floor(clock.now() / 1000);
    const payload = {
      ...claims,
      token_use: use,
      iss: issuer,
      iat,
      exp: iat + minutes * 60,
      jti: random.uuid(),
    };
    return new SignJWT(payload).setProtectedHeader({ kid, alg: 'RS256' }).sign(key);
  };
  return {
    async issue(user, signIn) {
      const shared = sharedClaims(user, signIn);
      const [AccessToken, IdToken] = await Promise.all([
        sign('access', knobs.accessTokenMinutes, {
          ...shared,
          client_id: clientId,
          scope: 'aws.cognito.signin.user.admin',
          username: user.username,
        }),
        sign('id', knobs.idTokenMinutes, {
          ...idAttributes(user),
          ...shared,
          aud: clientId,
          'cognito:username': user.username,
        }),
      ]);
      return { AccessToken, IdToken, ExpiresIn: knobs.accessTokenMinutes * 60, TokenType: 'Bearer' };
    },
    async readAccess(token) {
      const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [...keys.jwks().keys] }), {
        issuer,
        algorithms: ['RS256'],
        currentDate: new Date(clock.now()),
      }).catch((error: unknown) => {
        if (error instanceof errors.JWTExpired) throw notAuthorized('Access Token has expired');
        throw notAuthorized('Invalid Access Token');
      });
      if (payload.token_use !== 'access') throw notAuthorized('Invalid Access Token');
      return { sub: String(payload.sub), originJti: String(payload.origin_jti) };
    },
  };
}

/** The groups claim is absent for a user in no group, never an empty list. */
function sharedClaims(user: User, signIn: SignIn): JWTPayload {
  return {
    sub: user.sub,
    ...(user.groups.length > 0 ? { 'cognito:groups': user.groups } : {}),
    origin_jti: signIn.originJti,
    event_id: signIn.eventId,
    auth_time: Math.floor(signIn.authTime / 1000),
  };
}

function idAttributes(user: User): JWTPayload {
  const claims = Object.entries(user.attributes).map(([name, value]) => [
    name,
    BOOLEAN_ATTRIBUTES.has(name) ? value === 'true' : value,
  ]);
  return Object.fromEntries(claims);
}
