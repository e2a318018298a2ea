import { describe, expect, it } from 'vitest';
import type { GatewayOptions } from '../../../infra/local/gateway/index.ts';
import { startFixtures } from './start-fixtures.ts';

const USER_POOL = `type: jwt, identitySource: $request.header.Authorization, audience: [client]`;
const ISSUER = 'issuerUrl: https://issuer.example.com/pool';

/** A service whose route's authorizer is switched by a parameter. */
const service = (authorizers: string, event: string) => `
service: fixtures
params: { default: { gate: 'on' } }
custom:
  gate:
    on: { name: userPool }
    named: userPool
    off: null
  routes:
    open: { authorizer: null }
  authorizers:
    on: { userPool: { ${USER_POOL}, issuerUrl: !Sub 'https://issuer.example.com/\${UserPool}' } }
provider:
  name: aws
  httpApi:
    authorizers: ${authorizers}
functions:
  echo:
    handler: dist/echo/index.handler
    events:
      - httpApi: { method: GET, path: /x, ${event} }
`;
const SWITCHED = service(
  `\${self:custom.authorizers.\${param:gate}, null}`,
  `authorizer: "\${self:custom.gate.\${param:gate}, null}"`,
);
const OPTIONS = { jwksOrigin: 'http://127.0.0.1:9', references: { UserPool: 'pool' } };

const texts = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`).join(', ');

async function statusOf(serverlessYml: string, overrides: Partial<GatewayOptions> = {}): Promise<number> {
  const fixtures = await startFixtures(serverlessYml, { ...OPTIONS, ...overrides });
  try {
    return (await fetch(`${fixtures.gateway.apiUrl}/x`)).status;
  } finally {
    await fixtures.close();
  }
}

describe('authorizers in serverless.yml', () => {
  it.each([
    ['an object', { gate: 'on' }, 401],
    ['null', { gate: 'off' }, 200],
    ['nothing', { gate: 'unheard-of' }, 200],
  ])('are switched by a parameter that leads to %s', async (_title, parameters, status) => {
    expect(await statusOf(SWITCHED, { parameters })).toBe(status);
  });

  it('are referred to by name alone too', async () => {
    const named = service(
      `{ userPool: { ${USER_POOL}, ${ISSUER} } }`,
      `authorizer: "\${self:custom.gate.named}"`,
    );
    expect(await statusOf(named)).toBe(401);
  });

  it.each([
    ['authorizer: null'],
    ["authorizer: ''"],
    [`authorizer: "\${self:custom.routes.open.authorizer, null}"`],
  ])('leave a route open that says %s', async (event) => {
    expect(await statusOf(service(`{ userPool: { ${USER_POOL}, ${ISSUER} } }`, event))).toBe(200);
  });

  it('are not taken for null where null is no fallback: Serverless Framework refuses that too', async () => {
    const switched = service('null', `authorizer: "\${self:custom.gate.\${param:gate}}"`);
    await expect(statusOf(switched, { parameters: { gate: 'off' } })).rejects.toThrow(
      `\${self:custom.gate.\${param:gate}} has no value`,
    );
  });

  it('may have 50 audiences, and a route 10 scopes', async () => {
    const authorizer = `identitySource: $request.header.Authorization, audience: [${texts(50)}], ${ISSUER}`;
    const event = `authorizer: { name: userPool, scopes: [${texts(10)}] }`;
    expect(await statusOf(service(`{ userPool: { ${authorizer} } }`, event))).toBe(401);
  });

  it('need no origin of keys when there is none of them', async () => {
    expect(await statusOf(service('null', 'authorizer: null'), { jwksOrigin: null })).toBe(200);
  });

  const PROVIDER = 'provider.httpApi.authorizers.userPool';
  it.each([
    ['without keys', `${USER_POOL}, ${ISSUER}`, null, `${PROVIDER}: needs the gateway's jwksOrigin`],
    ['of type request', 'type: request, functionName: echo', '', `${PROVIDER}.type: request is not emulated`],
    ['with another option', `${USER_POOL}, ${ISSUER}, x: 1`, '', `${PROVIDER}.x: not emulated`],
    ['without an issuer', USER_POOL, '', `${PROVIDER}.issuerUrl: must be`],
    ['with an issuer over http', `${USER_POOL}, issuerUrl: 'http://x.example'`, '', `${PROVIDER}.issuerUrl`],
    [
      'without an audience',
      `identitySource: $request.header.Authorization, ${ISSUER}`,
      '',
      `${PROVIDER}.audience: must be`,
    ],
    [
      'with an empty audience',
      `identitySource: $request.header.Authorization, audience: [''], ${ISSUER}`,
      '',
      `${PROVIDER}.audience: must be`,
    ],
    [
      'with more than 50 audiences',
      `identitySource: $request.header.Authorization, audience: [${texts(51)}], ${ISSUER}`,
      '',
      `${PROVIDER}.audience: must be at most 50`,
    ],
    [
      'with a reference that has no value',
      `${USER_POOL}, issuerUrl: !Ref Nowhere`,
      '',
      `${PROVIDER}.issuerUrl: Ref Nowhere has no value`,
    ],
    ...[
      '$request.querystring.token',
      '[$request.header.A, $request.header.B]',
      "'$request.header.A,$request.header.B'",
      'null',
    ].map((source): [string, string, string, string] => [
      `with the identity source ${source}`,
      `identitySource: ${source}, audience: [client], ${ISSUER}`,
      '',
      `${PROVIDER}.identitySource: only one header is emulated`,
    ]),
  ])('refuse the start %s', async (_title, authorizer, jwksOrigin, message) => {
    const yml = service(`{ userPool: { ${authorizer} } }`, 'authorizer: userPool');
    const overrides = jwksOrigin === null ? { jwksOrigin } : {};
    await expect(statusOf(yml, overrides)).rejects.toThrow(message);
  });

  const ROUTE = 'function echo, events.httpApi GET /x, authorizer';
  it.each([
    ['authorizer: other', `${ROUTE}.name: other is not in provider.httpApi.authorizers`],
    ['authorizer: { name: userPool, id: x }', `${ROUTE}.id: not emulated`],
    ['authorizer: { type: aws_iam }', `${ROUTE}.type: aws_iam is not emulated`],
    ['authorizer: { name: userPool, type: request }', `${ROUTE}.type: request is not emulated`],
    ['authorizer: { name: userPool, scopes: one }', `${ROUTE}.scopes: must be a list of texts`],
    ['authorizer: { name: userPool, scopes: [1] }', `${ROUTE}.scopes: must be a list of texts`],
    [`authorizer: { name: userPool, scopes: [${texts(11)}] }`, `${ROUTE}.scopes: must be at most 10`],
    ['authorizer: userPool, cors: true', 'function echo, events.httpApi.cors: not emulated'],
  ])('refuse a route that says %s', async (event, message) => {
    const yml = service(`{ userPool: { ${USER_POOL}, ${ISSUER} } }`, event);
    await expect(statusOf(yml)).rejects.toThrow(message);
  });

  it('take effect with a reload, and stay as they are when it is refused', async () => {
    const guarded = service(`{ userPool: { ${USER_POOL}, ${ISSUER} } }`, 'authorizer: userPool');
    const fixtures = await startFixtures(service('null', 'authorizer: null'), OPTIONS);
    const status = async () => (await fetch(`${fixtures.gateway.apiUrl}/x`)).status;
    try {
      expect(await status()).toBe(200);
      await fixtures.write('serverless.yml', guarded);
      await fixtures.gateway.reload();
      expect(await status()).toBe(401);
      await fixtures.write('serverless.yml', guarded.replace('authorizer: userPool', 'authorizer: none'));
      await expect(fixtures.gateway.reload()).rejects.toThrow('none is not in');
      expect(await status()).toBe(401);
    } finally {
      await fixtures.close();
    }
  });
});
