import { describe, expect, it, vi } from 'vitest';
import { startFixtures } from './start-fixtures.ts';

const SERVERLESS_YML = `
service: fixtures
provider: { name: aws }
functions:
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
