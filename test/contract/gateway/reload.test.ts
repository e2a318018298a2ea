import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFaultBoard, type FaultBoard } from '../../../infra/local/faults/board.ts';
import { makeKey, signToken, startIssuer } from './issuer.ts';
import { type FixtureGateway, startFixtures } from './start-fixtures.ts';
import { startGuarded } from './start-guarded.ts';

const AUTHORIZER = `userPool:
        type: jwt
        identitySource: $request.header.Authorization
        audience: [client]
        issuerUrl: https://issuer.example.com/pool`;
const service = (authorizer: string) => `
service: fixtures
provider:
  name: aws
  httpApi:
    authorizers:
      ${AUTHORIZER}
functions:
  echo:
    handler: dist/echo/index.handler
    events: [{ httpApi: { method: ANY, path: /x, authorizer: '${authorizer}' } }]
  slow: { handler: dist/slow/index.handler, provisionedConcurrency: 1 }
`;
const OPEN = service('');
const GUARDED = service('userPool');
const WITHOUT_ECHO = `
service: fixtures
functions:
  other: { handler: dist/echo/index.handler, events: [{ httpApi: 'ANY /x' }, { httpApi: 'ANY /guarded' }] }
`;
/** Loads as soon as a file is there. */
const SLOW = `
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
while (!existsSync(new URL('./release', import.meta.url))) await sleep(5);
export const handler = async () => 'slow';`;

let fixtures: FixtureGateway | undefined;
afterEach(async () => {
  await fixtures?.close();
  fixtures = undefined;
});

let arrived = 0;
/** Counts the requests that have arrived. */
const counting: FaultBoard['guard'] = (_target, listener) => (incoming, response) => {
  arrived += 1;
  listener(incoming, response);
};

async function start(serverlessYml: string): Promise<FixtureGateway> {
  const faults = { ...createFaultBoard(), guard: counting };
  fixtures = await startFixtures(
    serverlessYml,
    { jwksOrigin: 'http://127.0.0.1:9', faults },
    { slow: 'export const handler = async () => 1;' },
  );
  return fixtures;
}

const statusOf = async ({ gateway }: FixtureGateway) => (await fetch(`${gateway.apiUrl}/x`)).status;

describe('reloads that overlap', () => {
  it('leave what the last one has read', async () => {
    const started = await start(OPEN);
    const { gateway, write } = started;
    const instances = () => gateway.instances().filter(({ functionName }) => functionName === 'slow');
    await write('dist/slow/index.mjs', SLOW);
    const earlier = gateway.reload('slow');
    // The new instance beside the old one: serverless.yml has been read.
    await vi.waitUntil(() => instances().length === 2);
    await write('serverless.yml', GUARDED);
    const later = gateway.reload('echo');
    // Time enough to overtake the earlier one.
    await Promise.race([later, sleep(500)]);
    await write('dist/slow/release', '');
    await Promise.all([earlier, later]);
    expect(await statusOf(started)).toBe(401);
  });

  it('run though an earlier one fails', async () => {
    const started = await start(OPEN);
    await started.write('serverless.yml', GUARDED);
    const [earlier, later] = await Promise.allSettled([
      started.gateway.reload('absent'),
      started.gateway.reload(),
    ]);
    expect(earlier).toMatchObject({
      status: 'rejected',
      reason: new RangeError('no function is called absent'),
    });
    expect(later).toMatchObject({ status: 'fulfilled' });
    expect(await statusOf(started)).toBe(401);
  });
});

describe('a reload that takes a function out', () => {
  it('answers who waited for keys with 500', async () => {
    const issuer = await startIssuer();
    const key = await makeKey('one');
    issuer.publish({ keys: [key.jwk] });
    const guarded = await startGuarded(issuer);
    fixtures = guarded;
    const token = await signToken(issuer, key, guarded.clock.now());
    const release = issuer.hold();
    try {
      const waiting = guarded.get('/guarded', token);
      await vi.waitUntil(() => issuer.asked.length === 1);
      await guarded.write('serverless.yml', WITHOUT_ECHO);
      await guarded.gateway.reload();
      release();
      expect(await waiting).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
    } finally {
      await issuer.close();
    }
  });

  it.each([
    ['the HTTP API', 'apiUrl', '/x', 500, { message: 'Internal Server Error' }],
    [
      'Invoke',
      'lambdaEndpoint',
      '/2015-03-31/functions/fixtures-local-echo/invocations',
      404,
      { Type: 'User', Message: expect.stringContaining('Function not found: arn:aws:lambda:') },
    ],
  ] as const)('answers whose body was still to come, at %s', async (_title, server, path, status, body) => {
    const { gateway, write } = await start(OPEN);
    const before = arrived;
    const headers = { 'content-type': 'application/json', 'content-length': 2 };
    const upload = request(gateway[server] + path, { method: 'POST', headers });
    upload.write('{');
    await vi.waitUntil(() => arrived > before);
    await write('serverless.yml', WITHOUT_ECHO);
    await gateway.reload();
    upload.end('}');
    const [response] = (await once(upload, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(status);
    expect(JSON.parse(await text(response))).toEqual(body);
  });
});
