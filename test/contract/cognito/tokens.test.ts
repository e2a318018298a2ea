import { GetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, PASSWORD, refresh, signIn, startUserPool, type UserPool, verifierOf } from './user-pool.ts';

let pool: UserPool;
let modId: string;
beforeAll(async () => {
  pool = await startUserPool();
  const groups = ['chat-moderators', 'helpers'];
  const attributes = { email: 'mo@example.com', email_verified: 'true' };
  ({ userId: modId } = await pool.seedUser({ username: 'mo', password: PASSWORD, groups, attributes }));
  await pool.seedUser({ username: 'vi', password: PASSWORD, groups: [] });
});
afterAll(() => pool.close());

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

async function tokensOf(username: string) {
  const { AuthenticationResult } = await signIn(pool, username, PASSWORD);
  const {
    AccessToken = '',
    IdToken = '',
    RefreshToken = '',
    ExpiresIn,
    TokenType,
  } = AuthenticationResult ?? {};
  return { AccessToken, IdToken, RefreshToken, ExpiresIn, TokenType };
}

describe('an access token', () => {
  it('is accepted by CognitoJwtVerifier and carries the claims that Cognito gives', async () => {
    const { AccessToken, ExpiresIn, TokenType } = await tokensOf('mo');

    const claims = await verifierOf(pool, 'access').verify(AccessToken);

    expect({ ExpiresIn, TokenType }).toEqual({ ExpiresIn: 900, TokenType: 'Bearer' });
    expect(Object.keys(claims).sort()).toEqual(
      [
        ...['auth_time', 'client_id', 'cognito:groups', 'event_id', 'exp', 'iat', 'iss', 'jti', 'origin_jti'],
        ...['scope', 'sub', 'token_use', 'username'],
      ].sort(),
    );
    expect(claims).toMatchObject({
      sub: modId,
      'cognito:groups': ['chat-moderators', 'helpers'],
      iss: `https://cognito-idp.eu-west-1.amazonaws.com/${pool.userPoolId}`,
      client_id: pool.clientId,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      username: 'mo',
      exp: claims.iat + 900,
    });
    expect(modId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('has no groups claim when the user is in no group', async () => {
    const { AccessToken } = await tokensOf('vi');
    expect(decode(AccessToken).claims).not.toHaveProperty('cognito:groups');
  });

  it('has a header of kid and alg only, with a kid as Cognito makes them', async () => {
    const { header } = decode((await tokensOf('vi')).AccessToken);
    expect(Object.keys(header).sort()).toEqual(['alg', 'kid']);
    expect(header.kid).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });

  it('is not taken for an id token, nor an id token for it', async () => {
    const { AccessToken, IdToken } = await tokensOf('mo');
    await expect(verifierOf(pool, 'id').verify(AccessToken)).rejects.toThrow('Token use not allowed');
    await expect(verifierOf(pool, 'access').verify(IdToken)).rejects.toThrow('Token use not allowed');
  });
});

describe('an id token', () => {
  it('is accepted by CognitoJwtVerifier and carries the attributes', async () => {
    const { AccessToken, IdToken } = await tokensOf('mo');

    const claims = await verifierOf(pool, 'id').verify(IdToken);

    expect(claims).toMatchObject({
      sub: modId,
      aud: pool.clientId,
      'cognito:username': 'mo',
      'cognito:groups': ['chat-moderators', 'helpers'],
      email: 'mo@example.com',
      email_verified: true,
      token_use: 'id',
    });
    expect(claims).not.toHaveProperty('client_id');
    expect(decode(IdToken).header.kid).not.toBe(decode(AccessToken).header.kid);
    expect(decode(AccessToken).claims).not.toHaveProperty('email');
  });
});

describe('a refresh token', () => {
  it('is opaque and gives new access and id tokens of the same sign-in, but no new refresh token', async () => {
    const first = await tokensOf('mo');
    expect(first.RefreshToken).toMatch(/^[A-Za-z0-9_-]{1700,2000}$/);
    pool.clock.advance(MINUTE_MS);

    const { AuthenticationResult } = await refresh(pool, first.RefreshToken);

    expect(AuthenticationResult).not.toHaveProperty('RefreshToken');
    const [before, after] = [
      decode(first.AccessToken).claims,
      decode(AuthenticationResult?.AccessToken).claims,
    ];
    expect(after).toMatchObject({ sub: modId, origin_jti: before.origin_jti, auth_time: before.auth_time });
    expect(after.jti).not.toBe(before.jti);
    expect(after.iat).toBeGreaterThanOrEqual(before.iat + 60);
    expect(decode(AuthenticationResult?.IdToken).claims.token_use).toBe('id');
  });

  it('works for 30 days and no longer', async () => {
    const { RefreshToken } = await tokensOf('vi');
    pool.clock.advance(30 * DAY_MS - MINUTE_MS);
    await expect(refresh(pool, RefreshToken)).resolves.toHaveProperty('AuthenticationResult');
    pool.clock.advance(MINUTE_MS);
    await expect(refresh(pool, RefreshToken)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Refresh Token has expired',
    });
  });

  it('that the pool never gave is refused', async () => {
    await expect(refresh(pool, 'x'.repeat(1700))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid Refresh Token',
    });
  });
});

describe('the clock', () => {
  it('dates tokens, and ends an access token after 15 minutes', async () => {
    const { AccessToken } = await tokensOf('vi');
    const { iat, exp } = decode(AccessToken).claims;
    expect(Math.abs(iat - pool.clock.now() / 1000)).toBeLessThan(10);
    expect(exp).toBe(iat + 900);
    pool.clock.advance(14 * MINUTE_MS);
    await expect(pool.sdk.send(new GetUserCommand({ AccessToken }))).resolves.toMatchObject({
      Username: 'vi',
    });

    pool.clock.advance(MINUTE_MS);

    await expect(pool.sdk.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Access Token has expired',
    });
    expect(decode((await tokensOf('vi')).AccessToken).claims.iat).toBeGreaterThanOrEqual(exp);
  });
});
