import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, PASSWORD, signIn, startUserPool, type UserPool } from '../cognito/user-pool.ts';
import { sendRaw } from './start-fixtures.ts';
import { type GuardedGateway, jwtOf, ORIGIN, startGuarded } from './start-guarded.ts';

const UNAUTHORIZED = { status: 401, body: '{"message":"Unauthorized"}' };

describe('a route with a JWT authorizer, for tokens of the user pool', () => {
  let pool: UserPool;
  let guarded: GuardedGateway;
  beforeAll(async () => {
    pool = await startUserPool();
    const groups = ['chat-moderators', 'chat-admins'];
    await pool.seedUser({
      username: 'mo',
      password: PASSWORD,
      groups,
      attributes: { email: 'mo@example.com', email_verified: 'true' },
    });
    await pool.seedUser({ username: 'vi', password: PASSWORD, groups: ['chat-moderators'] });
    guarded = await startGuarded(pool, { clock: pool.clock });
  });
  afterAll(async () => {
    await guarded.close();
    await pool.close();
  });

  const tokensOf = async (username: string) => {
    const { AuthenticationResult: { AccessToken = '', IdToken = '' } = {} } = await signIn(
      pool,
      username,
      PASSWORD,
    );
    return { access: AccessToken, id: IdToken };
  };

  it('hands the claims of an access token on, all of them as text', async () => {
    const { access } = await tokensOf('mo');
    const response = await guarded.get('/guarded', `Bearer ${access}`);
    expect(response.status).toBe(200);
    const { claims } = decode(access);
    expect(jwtOf(response)).toEqual({
      claims: {
        ...claims,
        'cognito:groups': '[chat-moderators chat-admins]',
        auth_time: String(claims.auth_time),
        iat: String(claims.iat),
        exp: String(claims.exp),
      },
      scopes: null,
    });
  });

  it('hands a single group on as text in brackets too', async () => {
    const { access } = await tokensOf('vi');
    const jwt = jwtOf(await guarded.get('/guarded', `Bearer ${access}`));
    expect(jwt?.claims['cognito:groups']).toBe('[chat-moderators]');
  });

  it('lets an ID token pass: token_use is for the function to check', async () => {
    const { id } = await tokensOf('mo');
    const jwt = jwtOf(await guarded.get('/guarded', `Bearer ${id}`));
    expect(jwt?.claims).toMatchObject({ token_use: 'id', email_verified: 'true', aud: pool.clientId });
  });

  it('takes a token without the word Bearer', async () => {
    const { access } = await tokensOf('vi');
    expect(await guarded.get('/guarded', access)).toMatchObject({ status: 200 });
  });

  it('takes a token that has a scope of the route, and hands its scopes on', async () => {
    const { access } = await tokensOf('vi');
    const jwt = jwtOf(await guarded.get('/own', `Bearer ${access}`));
    expect(jwt?.scopes).toEqual(['aws.cognito.signin.user.admin']);
  });

  it.each(['access', 'id'] as const)('refuses an %s token without a scope of the route: 403', async (use) => {
    const before = guarded.invocations();
    const token = (await tokensOf('vi'))[use];
    const response = await guarded.get('/scoped', `Bearer ${token}`);
    expect(response).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
    expect(response.headers['www-authenticate']).toMatch(
      /^Bearer scope="rooms\/write rooms\/read" error="insufficient_scope"/,
    );
    expect(guarded.invocations()).toBe(before);
  });

  it('asks for a token where there is none, and only there', async () => {
    const before = guarded.invocations();
    const response = await guarded.get('/guarded');
    expect(response).toMatchObject(UNAUTHORIZED);
    expect(response.headers['www-authenticate']).toBe('Bearer');
    expect(guarded.invocations()).toBe(before);
    const open = await guarded.get('/open');
    expect(open.status).toBe(200);
    expect(jwtOf(open)).toBeUndefined();
  });

  it('does not choose between two authorization headers', async () => {
    const { access } = await tokensOf('vi');
    const before = guarded.invocations();
    for (const other of [`Bearer ${access}`, 'Bearer garbage', 'Basic eDp5']) {
      expect(await guarded.get('/guarded', `Bearer ${access}`, other)).toMatchObject(UNAUTHORIZED);
      expect(await guarded.get('/guarded', other, `Bearer ${access}`)).toMatchObject(UNAUTHORIZED);
    }
    expect(guarded.invocations()).toBe(before);
  });

  it('lets a browser read the refusal, and never asks its preflight for a token', async () => {
    const headers = ['Origin', ORIGIN];
    const refusal = await sendRaw(guarded.gateway.apiUrl, '/guarded', { headers });
    expect(refusal).toMatchObject({ ...UNAUTHORIZED, headers: { 'access-control-allow-origin': ORIGIN } });
    const preflight = await sendRaw(guarded.gateway.apiUrl, '/guarded', {
      method: 'OPTIONS',
      headers: [...headers, 'Access-Control-Request-Method', 'GET'],
    });
    expect(preflight).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': ORIGIN } });
  });

  it('refuses the upload of somebody without a token and serves the next request', async () => {
    const body = 'x'.repeat(1024 * 1024);
    const headers = ['Content-Length', String(body.length)];
    const { apiUrl } = guarded.gateway;
    const response = await sendRaw(apiUrl, '/guarded', { method: 'POST', headers, body });
    expect(response).toMatchObject(UNAUTHORIZED);
    expect(await guarded.get('/open')).toMatchObject({ status: 200 });
  });

  it('hands the body on with the claims', async () => {
    const { access } = await tokensOf('vi');
    const body = 'x'.repeat(1024 * 1024);
    const headers = ['Content-Length', String(body.length), 'Content-Type', 'text/plain'];
    const response = await sendRaw(guarded.gateway.apiUrl, '/guarded', {
      method: 'POST',
      headers: [...headers, 'Authorization', `Bearer ${access}`],
      body,
    });
    expect(JSON.parse(response.body)).toMatchObject({ body, isBase64Encoded: false });
  });

  it('takes tokens of a new key at once and those of the old one as long as it is published', async () => {
    const old = (await tokensOf('vi')).access;
    expect(await guarded.get('/guarded', old)).toMatchObject({ status: 200 });
    await pool.rotateKeys();
    const next = (await tokensOf('vi')).access;
    expect(decode(next).header.kid).not.toBe(decode(old).header.kid);
    expect(await guarded.get('/guarded', next)).toMatchObject({ status: 200 });
    expect(await guarded.get('/guarded', old)).toMatchObject({ status: 200 });
    await pool.rotateKeys();
    const third = (await tokensOf('vi')).access;
    expect(await guarded.get('/guarded', third)).toMatchObject({ status: 200 });
    expect(await guarded.get('/guarded', old)).toMatchObject(UNAUTHORIZED);
  });

  it('refuses a token that has expired in the local stack’s time', async () => {
    const { access } = await tokensOf('vi');
    pool.clock.advance(decode(access).claims.exp * 1000 - pool.clock.now() - 30_000);
    expect(await guarded.get('/guarded', access)).toMatchObject({ status: 200 });
    pool.clock.advance(31_000);
    const response = await guarded.get('/guarded', access);
    expect(response).toMatchObject(UNAUTHORIZED);
    expect(response.headers['www-authenticate']).toBe(
      'Bearer scope="" error="invalid_token" error_description="the token has expired"',
    );
  });
});
