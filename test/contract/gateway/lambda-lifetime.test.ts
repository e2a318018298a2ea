import { describe, expect, it, vi } from 'vitest';
import { startFixtures } from './start-fixtures.ts';

const SERVERLESS_YML = `
service: fixtures
provider: { name: aws }
functions:
  echo: { handler: dist/echo/index.handler }
  counter: { handler: dist/counter/index.handler }
  misbehave: { handler: dist/misbehave/index.handler, timeout: 1 }
`;

describe('warm instances', () => {
  it('are there from the start, are replaced after their end and do not limit how many there may be', async () => {
    const fixtures = await startFixtures(SERVERLESS_YML, { warmInstances: { misbehave: 2 } });
    const states = () => fixtures.gateway.instances().map(({ functionName, state }) => [functionName, state]);
    try {
      expect(states()).toEqual([
        ['misbehave', 'idle'],
        ['misbehave', 'idle'],
      ]);
      await fixtures.gateway.invoke('misbehave', { how: 'exitZero' });
      await vi.waitUntil(() => states().length === 2);
      const three = [1, 2, 3].map(() => fixtures.gateway.invoke('misbehave', { how: 'sleep' }));
      await vi.waitUntil(() => states().length === 3);
      await Promise.all(three);
      await vi.waitUntil(() => states().length === 2);
    } finally {
      await fixtures.close();
    }
  });

  it('are not started over and over when their handler cannot be loaded', async () => {
    const fixtures = await startFixtures(
      SERVERLESS_YML,
      { warmInstances: { counter: 1 } },
      { counter: 'console.log("loading"); throw new Error("at load");' },
    );
    try {
      const loads = () => fixtures.functionLog.filter((line) => line === 'counter: loading').length;
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(loads()).toBe(1);
      expect(fixtures.functionLog.join('\n')).toContain('Init Error');
      await fixtures.write('dist/counter/index.mjs', 'export const handler = async () => 1;');
      await fixtures.gateway.reload('counter');
      expect(fixtures.gateway.instances()).toMatchObject([{ functionName: 'counter', state: 'idle' }]);
    } finally {
      await fixtures.close();
    }
  });

  it('are started again, later each time, when they end before they got an event', async () => {
    const source = `console.log('loaded at', performance.timeOrigin + performance.now());
export const handler = async () => 1;
setTimeout(() => { throw new Error('from a timer'); }, 0);`;
    const fixtures = await startFixtures(
      SERVERLESS_YML,
      { warmInstances: { counter: 1 } },
      { counter: source },
    );
    const loads = () =>
      fixtures.functionLog.flatMap((line) => /loaded at (?<at>.*)/.exec(line)?.groups?.at ?? []).map(Number);
    try {
      await vi.waitUntil(() => loads().length === 4, { timeout: 10_000 });
      const gaps = loads().map((at, index, all) => at - (all[index - 1] ?? 0));
      // Timers may be a moment early, never much.
      for (const [index, delayMs] of [250, 500, 1000].entries()) {
        expect(gaps[index + 1]).toBeGreaterThan(delayMs - 20);
      }
    } finally {
      await fixtures.close();
    }
  });
});

describe('a reload', () => {
  const SLOW_TO_LOAD = `console.log('loading');
await new Promise((done) => setTimeout(done, 1000));
export const handler = async () => 'new';`;

  it('leaves events to the old warm instances until the new ones are loaded', async () => {
    const fixtures = await startFixtures(SERVERLESS_YML, { warmInstances: { echo: 2 } });
    const { gateway } = fixtures;
    const ids = () => gateway.instances().map(({ instanceId }) => instanceId);
    try {
      const before = ids();
      await fixtures.write('dist/echo/index.mjs', SLOW_TO_LOAD);
      const reloading = gateway.reload('echo');
      await vi.waitUntil(() => fixtures.functionLog.includes('echo: loading'));
      const during = await Promise.all([gateway.invoke('echo', {}), gateway.invoke('echo', {})]);
      expect(during).toMatchObject([{ payload: { statusCode: 200 } }, { payload: { statusCode: 200 } }]);
      await reloading;
      expect((await gateway.invoke('echo', {})).payload).toBe('new');
      expect(ids()).toHaveLength(2);
      expect(ids().filter((id) => before.includes(id))).toEqual([]);
    } finally {
      await fixtures.close();
    }
  });

  it('keeps no more than the warm instances, also when another one is asked for meanwhile', async () => {
    const fixtures = await startFixtures(SERVERLESS_YML, { warmInstances: { counter: 2 } });
    const { gateway } = fixtures;
    try {
      await Promise.all([1, 2, 3, 4].map(() => gateway.invoke('counter', { waitMs: 50 })));
      expect(gateway.instances()).toHaveLength(4);
      const busy = gateway.invoke('counter', { waitMs: 500 });
      await Promise.all([gateway.reload('counter'), gateway.reload('counter')]);
      expect((await busy).payload).toEqual({ count: 2 });
      await vi.waitUntil(() => gateway.instances().length === 2);
      expect(gateway.instances().map(({ invocations }) => invocations)).toEqual([0, 0]);
    } finally {
      await fixtures.close();
    }
  });
});

describe('close', () => {
  it('ends endless loops, open connections and both ports', async () => {
    const fixtures = await startFixtures(SERVERLESS_YML.replace('timeout: 1', 'timeout: 600'));
    const { apiUrl, lambdaEndpoint } = fixtures.gateway;
    await fetch(apiUrl);
    const looping = fixtures.gateway.invoke('misbehave', { how: 'loop' });
    await vi.waitUntil(() => fixtures.functionLog.includes('misbehave: before the loop'));
    await fixtures.close();
    expect(await looping).toMatchObject({ functionError: 'Unhandled' });
    expect(fixtures.gateway.instances()).toEqual([]);
    for (const url of [apiUrl, lambdaEndpoint]) await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('lets no later event and no waiting reload start an instance', async () => {
    const fixtures = await startFixtures(SERVERLESS_YML, { warmInstances: { echo: 1 } });
    const { gateway } = fixtures;
    const added = '  added: { handler: dist/echo/index.handler }\n';
    await fixtures.write('serverless.yml', SERVERLESS_YML + added);
    const reloading = gateway.reload();
    await Promise.all([gateway.close(), reloading]);
    expect(gateway.functions).not.toContain('added');
    await expect(gateway.invoke('echo', {})).rejects.toThrow('echo is closed');
    expect(gateway.instances()).toEqual([]);
    await fixtures.close();
  });

  it('leaves no port open when the other one is taken', async () => {
    const fixtures = await startFixtures(SERVERLESS_YML);
    const [taken, free] = [fixtures.gateway.apiUrl, fixtures.gateway.lambdaEndpoint].map((url) =>
      Number(new URL(url).port),
    );
    await fixtures.close();
    const first = await startFixtures(SERVERLESS_YML, { port: taken ?? 0 });
    try {
      const ports = { port: taken ?? 0, lambdaPort: free ?? 0 };
      await expect(startFixtures(SERVERLESS_YML, ports)).rejects.toThrow(`:${taken}: EADDRINUSE`);
      const second = await startFixtures(SERVERLESS_YML, { lambdaPort: free ?? 0 });
      await second.close();
    } finally {
      await first.close();
    }
  });
});
