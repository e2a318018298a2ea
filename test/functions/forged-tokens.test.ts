import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callApi, useStack } from '../support/stack.ts';
import { forgeriesWithKey, forgeriesWithoutKey } from './support/forgeries.ts';
import { openForge, type TokenForge } from './support/token-forge.ts';

const POOL = {
  region: 'eu-west-1',
  userPoolId: 'eu-west-1_Forged001',
  clientId: '1testclient2testclient3abc',
  sub: '7b1d2c3e-0000-4000-8000-000000000001',
};

let forge: TokenForge;
const current = useStack(async () => {
  forge = await openForge(POOL);
  return {
    environment: { LOCAL_JWKS_ORIGIN: forge.jwksOrigin },
    parameters: { userPoolId: POOL.userPoolId, userPoolClientId: POOL.clientId },
  };
});
afterAll(() => forge.close());

const vend = (token: string | undefined, headers: Record<string, string> = {}) =>
  callApi(current(), 'POST', `/rooms/${current().roomId}/tokens`, { token, body: {}, headers });

/** Sends header lines as they are, which fetch does not allow. */
function rawStatus(path: string, headers: readonly (readonly [string, string])[]): Promise<number> {
  const { hostname, port } = new URL(current().description.apiUrl);
  return new Promise((resolve, reject) => {
    const outgoing = request({
      hostname,
      port,
      method: 'POST',
      path,
      headers: ['host', `${hostname}:${port}`, ...headers.flat()],
    });
    outgoing.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

describe('a token that the user pool has signed as it signs', () => {
  it.each([
    ['plain', {}, undefined],
    ['with typ JWT', {}, { typ: 'JWT' }],
    ['in other groups', { 'cognito:groups': ['ex-chat-admins', 'chat-moderators-emeriti'] }, undefined],
  ])('%s is accepted as a viewer’s', async (_name, claims, header) => {
    const { status, body } = await vend(
      forge.sign(forge.claims(claims), { alg: 'RS256', kid: forge.kid, ...header }),
    );

    expect({ status, capabilities: body.capabilities }).toEqual({
      status: 201,
      capabilities: ['SEND_MESSAGE'],
    });
  });
});

describe('a forged token', () => {
  // The tokens need the running forge, so the rows are made inside one test a kind; each failure names its row.
  let rows: ReturnType<typeof forgeriesWithKey>;
  beforeAll(() => {
    rows = [...forgeriesWithoutKey(forge), ...forgeriesWithKey(forge)];
  });

  it.each([
    'alg none',
    'hs/rs confusion',
    'embedded key',
    'kid',
    'wrong key',
    'psychic signature',
    'changed',
    'shape',
    'size',
    'times',
    'issuer',
    'client',
    'token_use',
    'sub',
    'header',
    'duplicates',
    'groups',
  ])('of the class "%s" is refused with 401', async (kind) => {
    const ofKind = rows.filter(([candidate]) => candidate === kind);
    expect(ofKind.length).toBeGreaterThan(0);
    for (const [, name, token] of ofKind) {
      const { status, body, headers } = await vend(token);
      expect({ name, status, code: body.code }).toEqual({ name, status: 401, code: 'invalid-token' });
      expect(headers.get('www-authenticate'), name).toMatch(/^Bearer\b.*error="invalid_token"/);
      expect(JSON.stringify(body), name).not.toContain(token.slice(0, 40));
    }
  });

  it('has no class that is not tested above', () => {
    expect(new Set(rows.map(([kind]) => kind)).size).toBe(17);
  });
});

describe('the way in which a token is sent', () => {
  const good = () => forge.sign(forge.claims());
  const path = () => `/rooms/${current().roomId}/tokens`;

  it.each([
    ['scheme in lower case', (token: string) => [['authorization', `bearer ${token}`]], 201],
    ['scheme in upper case', (token: string) => [['authorization', `BEARER ${token}`]], 201],
    ['no header', () => [], 401],
    ['scheme only', () => [['authorization', 'Bearer']], 401],
    ['empty token', () => [['authorization', 'Bearer ']], 401],
    ['token without scheme', (token: string) => [['authorization', token]], 401],
    ['another scheme', (token: string) => [['authorization', `Basic ${token}`]], 401],
    [
      'two headers',
      (token: string) => [
        ['authorization', `Bearer ${token}`],
        ['authorization', 'Bearer other'],
      ],
      401,
    ],
    [
      'two tokens in one header',
      (token: string) => [['authorization', `Bearer ${token},Bearer ${token}`]],
      401,
    ],
    ['something after the token', (token: string) => [['authorization', `Bearer ${token} x`]], 401],
    ['in a header of another name', (token: string) => [['x-authorization', `Bearer ${token}`]], 401],
    ['in a cookie', (token: string) => [['cookie', `access_token=${token}`]], 401],
  ] as [string, (token: string) => [string, string][], number][])('%s', async (_name, headers, status) => {
    expect(await rawStatus(path(), headers(good()))).toBe(status);
  });

  it('in the URL does not count', async () => {
    expect(await rawStatus(`${path()}?access_token=${good()}`, [])).toBe(401);
  });
});

describe('a viewer who asks for more', () => {
  const MODERATOR_CAPABILITIES = ['DELETE_MESSAGE', 'DISCONNECT_USER'];
  const viewer = () => forge.sign(forge.claims());

  it.each([
    ['capabilities', { capabilities: MODERATOR_CAPABILITIES }],
    ['role', { role: 'admin' }],
    ['userId', { userId: 'somebody-else' }],
    ['attributes', { attributes: { role: 'admin' } }],
    ['sessionDurationInMinutes', { sessionDurationInMinutes: 180 }],
    ['roomIdentifier', { roomIdentifier: 'arn:aws:ivschat:eu-west-1:123456789012:room/Other1234567' }],
    ['groups', { 'cognito:groups': ['chat-admins'] }],
  ])('in the body by "%s" is refused', async (_name, body) => {
    const answer = await callApi(current(), 'POST', `/rooms/${current().roomId}/tokens`, {
      token: viewer(),
      body,
    });

    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 400, code: 'invalid-body' });
  });

  it.each([
    ['__proto__', '{"__proto__":{"role":"admin"}}'],
    ['constructor', '{"constructor":{"prototype":{"role":"admin"}}}'],
    ['a nested __proto__', '{"displayName":{"__proto__":{"role":"admin"}}}'],
  ])('by %s is refused', async (_name, body) => {
    const answer = await callApi(current(), 'POST', `/rooms/${current().roomId}/tokens`, {
      token: viewer(),
      body,
    });

    expect(answer.status).toBe(400);
  });

  it.each([
    ['header', { 'x-role': 'admin', 'x-amzn-oidc-data': 'x', 'cognito-groups': 'chat-admins' }, ''],
    ['query', {}, '?role=admin&capabilities=DELETE_MESSAGE&cognito:groups=chat-admins'],
  ])('in the %s gets a viewer’s token', async (_name, headers, query) => {
    const answer = await callApi(current(), 'POST', `/rooms/${current().roomId}/tokens${query}`, {
      token: viewer(),
      body: {},
      headers,
    });

    expect(answer.body).toMatchObject({ capabilities: ['SEND_MESSAGE'], userId: POOL.sub });
  });

  it.each([
    [
      'chat-admins as part of a name',
      ['ex-chat-admins', 'chat-admins ', 'CHAT-ADMINS', 'chat-admins,chat-moderators'],
    ],
    ['a pool group of a federated provider', ['eu-west-1_Forged001_chat-admins']],
  ])('by %s stays a viewer', async (_name, groups) => {
    const token = forge.sign(forge.claims({ 'cognito:groups': groups }));
    const answer = await callApi(current(), 'POST', `/rooms/${current().roomId}/tokens`, { token, body: {} });

    expect(answer.body.capabilities).toEqual(['SEND_MESSAGE']);
  });
});
