import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, startUserPool, type UserPool } from './user-pool.ts';

let pool: UserPool;
beforeAll(async () => {
  pool = await startUserPool();
  await pool.seedUser({ username: 'vi', password: PASSWORD, groups: [] });
});
afterAll(() => pool.close());

const HEADERS = {
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
};
const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(pool.endpoint, { method: 'POST', headers: { ...HEADERS, ...headers }, body });

describe('a browser', () => {
  it('gets leave for its preflight from every origin', async () => {
    const preflight = await fetch(pool.endpoint, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:5173',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-amz-target',
      },
    });
    expect(preflight.status).toBe(200);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'content-type,x-amz-target',
      'access-control-allow-methods': 'POST',
    });
  });

  it.each([
    ['an answer', PASSWORD, 200],
    ['an error', 'Wrong-password-1', 400],
  ])('may read %s', async (_title, password, status) => {
    const response = await post(
      JSON.stringify({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: pool.clientId,
        AuthParameters: { USERNAME: 'vi', PASSWORD: password },
      }),
      { origin: 'http://localhost:5173' },
    );
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
  });
});

describe('a request that is not understood', () => {
  it.each<[string, string, Record<string, string>, number, string]>([
    ['no JSON', '{"AuthParameters": "Secret-1', {}, 400, 'SerializationException'],
    ['no JSON object', 'null', {}, 400, 'SerializationException'],
    [
      'a list for a map',
      '{"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"a","AuthParameters":[]}',
      {},
      400,
      'SerializationException',
    ],
    ['another content type', '{}', { 'content-type': 'application/json' }, 400, 'SerializationException'],
    ['no target', '{}', { 'x-amz-target': '' }, 400, 'UnknownOperationException'],
    [
      'another service’s target',
      '{}',
      { 'x-amz-target': 'DynamoDB_20120810.GetItem' },
      400,
      'UnknownOperationException',
    ],
    [
      'a target of object’s prototype',
      '{}',
      { 'x-amz-target': 'AWSCognitoIdentityProviderService.constructor' },
      501,
      'NotImplementedInStandIn',
    ],
    ['more than 256 kB', ' '.repeat(262_145), {}, 413, 'RequestEntityTooLargeException'],
  ])('is refused: %s', async (_title, body, headers, status, type) => {
    const response = await post(body, headers);
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ __type: type });
    expect(text).not.toContain('Secret-1');
  });

  it('lists every broken constraint without the values', async () => {
    const response = await post('{"AuthFlow":"Secret-1","ClientId":"not allowed"}');
    const { message } = (await response.json()) as { message: string };
    expect(message).toMatch(
      /^2 validation errors detected: Value at 'authFlow' failed .+; Value at 'clientId' failed /,
    );
    expect(message).not.toContain('Secret-1');
  });
});

it('other paths do not exist', async () => {
  const paths = ['/', '/eu-west-1_Another1/.well-known/jwks.json'];
  const statuses = await Promise.all(paths.map(async (path) => (await fetch(pool.endpoint + path)).status));
  expect(statuses).toEqual([404, 404]);
});
