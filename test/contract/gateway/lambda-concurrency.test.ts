import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GatewayOptions } from '../../../infra/local/gateway/index.ts';
import { type FixtureGateway, startFixtures } from './start-fixtures.ts';

/** A function that holds each event until a file is written. */
const HELD = `
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
const release = new URL('./release', import.meta.url);
export const handler = async () => {
  console.log('holding');
  while (!existsSync(release)) await sleep(5);
  return { statusCode: 200, body: 'done' };
};`;

const service = (lines: string) => `
service: fixtures
provider: { name: aws }
params: { default: { three: '3', empty: '' } }
functions:
  held:
    handler: dist/held/index.handler
    events: [{ httpApi: 'GET /held' }]
${lines.replace(/^/gm, '    ')}
  free: { handler: dist/echo/index.handler, events: [{ httpApi: 'GET /free' }] }
`;

let fixtures: FixtureGateway | undefined;
let client: LambdaClient | undefined;
afterEach(async () => {
  client?.destroy();
  await fixtures?.close();
  fixtures = undefined;
});

async function start(lines: string, overrides: Partial<GatewayOptions> = {}): Promise<FixtureGateway> {
  const started = await startFixtures(service(lines), overrides, { held: HELD });
  fixtures = started;
  client = new LambdaClient({
    endpoint: started.gateway.lambdaEndpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return started;
}

const invoke = (InvocationType: 'RequestResponse' | 'Event' | 'DryRun' = 'RequestResponse') =>
  client?.send(new InvokeCommand({ FunctionName: 'fixtures-local-held', InvocationType }));
const held = ({ gateway }: FixtureGateway) =>
  gateway.instances().filter(({ functionName }) => functionName === 'held');
const holding = async (started: FixtureGateway, count: number) => {
  await vi.waitUntil(() => started.functionLog.filter((line) => line === 'held: holding').length === count, {
    timeout: 10_000,
  });
};
const release = (started: FixtureGateway) => started.write('dist/held/release', '');
const THROTTLED = {
  name: 'TooManyRequestsException',
  Type: 'User',
  Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  message: 'Rate Exceeded.',
  retryAfterSeconds: '1',
  $metadata: { httpStatusCode: 429 },
};

describe('reservedConcurrency', () => {
  it('lets that many events run at once, refuses more, and takes the next when one is done', async () => {
    const started = await start('reservedConcurrency: 2');
    const url = `${started.gateway.apiUrl}/held`;
    const running = [invoke(), fetch(url)];
    await holding(started, 2);
    await expect(invoke()).rejects.toMatchObject(THROTTLED);
    const refusal = await fetch(url);
    expect(refusal.status).toBe(503);
    expect(await refusal.json()).toEqual({ message: 'Service Unavailable' });
    expect(held(started)).toMatchObject([{ invocations: 1 }, { invocations: 1 }]);
    expect((await fetch(`${started.gateway.apiUrl}/free`)).status).toBe(200);
    await release(started);
    await Promise.all(running);
    expect((await fetch(url)).status).toBe(200);
    expect((await invoke())?.StatusCode).toBe(200);
  });

  it('counts an event that the gateway no longer waits for', async () => {
    const started = await start('reservedConcurrency: 1', { knobs: { integrationTimeoutMs: 100 } });
    expect((await fetch(`${started.gateway.apiUrl}/held`)).status).toBe(503);
    await holding(started, 1);
    await expect(invoke()).rejects.toMatchObject(THROTTLED);
  });

  it('of 0 stops the function', async () => {
    const started = await start('reservedConcurrency: 0');
    await expect(invoke()).rejects.toMatchObject(THROTTLED);
    expect((await fetch(`${started.gateway.apiUrl}/held`)).status).toBe(503);
    expect((await invoke('DryRun'))?.StatusCode).toBe(204);
    expect(held(started)).toEqual([]);
  });

  it.each([
    [0, 0],
    [1, 1],
    [3, 2],
  ])('of %i, beside 2 warm instances, keeps %i started', async (reserved, count) => {
    const started = await start(`reservedConcurrency: ${reserved}`, { warmInstances: { held: 2 } });
    expect(held(started)).toHaveLength(count);
  });

  it('drops an Event beyond it and says so', async () => {
    const started = await start('reservedConcurrency: 0');
    expect((await invoke('Event'))?.StatusCode).toBe(202);
    await vi.waitUntil(() =>
      started.log.includes('lambda Event fixtures-local-held failed: TooManyRequestsException'),
    );
    expect(held(started)).toEqual([]);
  });

  it.each([[''], ['reservedConcurrency: null'], [`reservedConcurrency: "\${param:three}"`]])(
    'that says "%s" lets three run at once',
    async (lines) => {
      const started = await start(lines);
      const running = [invoke(), invoke(), invoke()];
      await holding(started, 3);
      await release(started);
      for (const result of await Promise.all(running)) expect(result?.StatusCode).toBe(200);
    },
  );

  it('changes with a reload', async () => {
    const started = await start('reservedConcurrency: 0');
    await release(started);
    await started.write('serverless.yml', service('reservedConcurrency: 1'));
    await started.gateway.reload();
    expect((await invoke())?.StatusCode).toBe(200);
  });

  it('counts an event of before a reload', async () => {
    const started = await start('reservedConcurrency: 1');
    const running = invoke();
    await holding(started, 1);
    await started.gateway.reload();
    await expect(invoke()).rejects.toMatchObject(THROTTLED);
    await release(started);
    expect((await running)?.StatusCode).toBe(200);
    expect((await invoke())?.StatusCode).toBe(200);
  });
});

describe('provisionedConcurrency', () => {
  it.each([
    ['provisionedConcurrency: 2', {}, 2],
    ['provisionedConcurrency: 2', { held: 1 }, 2],
    ['provisionedConcurrency: 1', { held: 2 }, 2],
    ['provisionedConcurrency: 0', {}, 0],
    ['provisionedConcurrency: null', { held: 1 }, 1],
    ['provisionedConcurrency: 1\nreservedConcurrency: 1', {}, 1],
  ])('%s, beside warm instances %o, keeps %i started', async (lines, warmInstances, count) => {
    expect(held(await start(lines, { warmInstances }))).toHaveLength(count);
  });

  it('changes with a reload', async () => {
    const started = await start('provisionedConcurrency: 1');
    await started.write('serverless.yml', service('provisionedConcurrency: 3'));
    await started.gateway.reload();
    await vi.waitUntil(() => held(started).length === 3);
    await started.write('serverless.yml', service(''));
    await started.gateway.reload();
    await vi.waitUntil(() => held(started).length === 0);
  });
});

describe('a concurrency', () => {
  it.each([
    ['reservedConcurrency: -1', 'function held, reservedConcurrency: must be a whole number from 0'],
    ['reservedConcurrency: 1.5', 'function held, reservedConcurrency: must be a whole number from 0'],
    [`reservedConcurrency: "\${param:empty}"`, 'reservedConcurrency: must be a whole number from 0'],
    ['provisionedConcurrency: many', 'function held, provisionedConcurrency: must be a whole number from 0'],
    [
      'provisionedConcurrency: 2\nreservedConcurrency: 1',
      'function held, provisionedConcurrency: must not be more than reservedConcurrency',
    ],
  ])('that says %s refuses the start', async (lines, message) => {
    await expect(start(lines)).rejects.toThrow(message);
  });
});
