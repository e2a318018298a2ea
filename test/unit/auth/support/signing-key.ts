import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose';

/** The user pool whose tokens the tests trust. */
export const POOL = {
  userPoolId: 'eu-west-1_Unit12345',
  userPoolClientId: 'unittestclient',
  issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Unit12345',
} as const;

export const USER_ID = '7d9f1a52-0c1b-4c55-9d0a-3f1f6f2f9f10';

/** One signing key of the user pool, with its public half as the JWKS holds it. */
export interface SigningKey {
  readonly jwk: JWK;
  /** @returns a header value `Bearer <access token>`, valid at `nowMs` but for what `changes` say. */
  bearer(nowMs: number, changes?: Readonly<Record<string, unknown>>): Promise<string>;
}

export async function createSigningKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
    async bearer(nowMs, changes = {}) {
      const claims = JSON.stringify({ ...claimsAt(nowMs), ...changes });
      const token = await new CompactSign(new TextEncoder().encode(claims))
        .setProtectedHeader({ alg: 'RS256', kid })
        .sign(privateKey);
      return `Bearer ${token}`;
    },
  };
}

/** Claims as Cognito writes them into an access token. */
function claimsAt(nowMs: number): Record<string, unknown> {
  const now = Math.floor(nowMs / 1000);
  return {
    sub: USER_ID,
    iss: POOL.issuer,
    client_id: POOL.userPoolClientId,
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    auth_time: now,
    iat: now,
    exp: now + 900,
    jti: '5b0e6f0e-8c56-4b5f-b1a5-5a8f0d4d1a77',
    username: 'vi',
  };
}
