import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FixtureGateway, startFixtures } from './start-fixtures.ts';

const SERVERLESS_YML = `
service: fixtures
provider:
  name: aws
  environment: { FROM_PROVIDER: provider, OVERRIDDEN: provider }
functions:
  counter: { handler: dist/counter/index.handler }
  misbehave: { handler: dist/misbehave/index.handler, timeout: 1 }
  surroundings:
    handler: dist/surroundings/index.handler
    timeout: 7
    memorySize: 256
    environment: { FROM_FUNCTION: function, OVERRIDDEN: function }
`;

interface Surroundings {
  readonly environment: Record<string, string>;
  readonly context: Record<string, unknown>;
  readonly loadedAt: number;
  readonly now: number;
  readonly constructed: number;
  readonly fixed: string;
  readonly called: number;
  readonly isDate: boolean;
}

describe('instances of a function', () => {
  let fixtures: FixtureGateway;
  beforeAll(async () => {
    process.env.SECRET_OF_THE_PARENT = 'secret';
    fixtures = await startFixtures(SERVERLESS_YML, {
      environment: { AWS_ENDPOINT_URL_IVSCHAT: 'http://127.0.0.1:1', AWS_ACCESS_KEY_ID: 'local' },
    });
  });
  afterEach(() => fixtures.gateway.reload());
  afterAll(async () => {
    delete process.env.SECRET_OF_THE_PARENT;
    await fixtures.close();
  });

  const surroundings = async () =>
    (await fixtures.gateway.invoke('surroundings', {})).payload as Surroundings;
  const count = async (event: object = {}) =>
    ((await fixtures.gateway.invoke('counter', event)).payload as { count: number }).count;
  const instancesOf = (name: string) =>
    fixtures.gateway.instances().filter(({ functionName }) => functionName === name);

  it('are used again while they are idle, and keep their module’s state', async () => {
    expect([await count(), await count(), await count()]).toEqual([1, 2, 3]);
    expect(instancesOf('counter')).toMatchObject([{ state: 'idle', invocations: 3 }]);
  });

  it('handle one event each: parallel events get instances that share nothing', async () => {
    const counts = await Promise.all([1, 2, 3].map(() => count({ waitMs: 50 })));
    expect(counts).toEqual([1, 1, 1]);
    expect(new Set(instancesOf('counter').map(({ instanceId }) => instanceId)).size).toBe(3);
  });

  it('do not share globals with each other or with the gateway', async () => {
    const before = Date.now;
    await surroundings();
    expect(Date.now).toBe(before);
  });

  it('have the function’s environment and nothing of the parent’s', async () => {
    const { environment } = await surroundings();
    expect(environment).toEqual({
      FROM_PROVIDER: 'provider',
      FROM_FUNCTION: 'function',
      OVERRIDDEN: 'function',
      AWS_ENDPOINT_URL_IVSCHAT: 'http://127.0.0.1:1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'fixtures-local-surroundings',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fixtures-local-surroundings',
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      LAMBDA_TASK_ROOT: expect.any(String),
      _HANDLER: 'dist/surroundings/index.handler',
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
    });
  });

  it('get Lambda’s context', async () => {
    const { context, environment } = await surroundings();
    expect(context).toEqual({
      callbackWaitsForEmptyEventLoop: true,
      functionName: 'fixtures-local-surroundings',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:fixtures-local-surroundings',
      memoryLimitInMB: '256',
      awsRequestId: expect.stringMatching(/^[\w-]{36}$/),
      logGroupName: '/aws/lambda/fixtures-local-surroundings',
      logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
      remainingMs: expect.any(Number),
    });
    expect(context.remainingMs).toBeGreaterThan(1000);
    expect(context.remainingMs).toBeLessThanOrEqual(7000);
  });

  it('see the local stack’s clock, while loading and later, but not in their remaining time', async () => {
    const before = await surroundings();
    fixtures.clock.advance(86_400_000);
    const after = await surroundings();
    expect(after.loadedAt).toBe(before.loadedAt);
    expect(after.now - before.now).toBeGreaterThanOrEqual(86_400_000);
    expect(Math.abs(after.constructed - after.now)).toBeLessThan(60_000);
    expect(Math.abs(after.called - after.now)).toBeLessThan(60_000);
    expect(after.fixed).toBe('1970-01-01T00:00:00.000Z');
    expect(after.isDate).toBe(true);
    expect(after.context.remainingMs).toBeGreaterThan(1000);
    await fixtures.gateway.reload('surroundings');
    expect((await surroundings()).loadedAt).toBeGreaterThanOrEqual(before.loadedAt + 86_400_000);
  });

  it('are replaced after a time-out by others that handle the next event', async () => {
    await fixtures.gateway.invoke('misbehave', { how: 'nothing' });
    const [before] = instancesOf('misbehave');
    await fixtures.gateway.invoke('misbehave', { how: 'loop' });
    expect((await fixtures.gateway.invoke('misbehave', { how: 'nothing' })).functionError).toBeNull();
    const [after] = instancesOf('misbehave');
    expect(after?.instanceId).not.toBe(before?.instanceId);
    expect(after?.invocations).toBe(1);
  });

  it('hand over their output line by line, and none of it to the parent’s console', async () => {
    const written = vi.spyOn(process.stdout, 'write');
    await fixtures.gateway.invoke('misbehave', { how: 'nothing' });
    const toParent = written.mock.calls.map(([chunk]) => String(chunk)).join('');
    written.mockRestore();
    expect(fixtures.functionLog.at(-1)).toBe('misbehave: how nothing');
    expect(toParent).not.toContain('how nothing');
  });

  it('load a changed file after a reload of their function', async () => {
    expect(await count()).toBe(1);
    await fixtures.write('dist/counter/index.mjs', 'export const handler = async () => ({ count: 100 });');
    expect(await count()).toBe(2);
    await fixtures.gateway.reload('counter');
    expect(await count()).toBe(100);
  });

  it('finish their event during a reload', async () => {
    await fixtures.write(
      'dist/counter/index.mjs',
      `export const handler = () => {
  console.log('begun');
  return new Promise((done) => setTimeout(done, 200, { count: 1 }));
};`,
    );
    await fixtures.gateway.reload('counter');
    const running = count();
    await vi.waitUntil(() => fixtures.functionLog.includes('counter: begun'));
    expect(instancesOf('counter')).toMatchObject([{ state: 'busy' }]);
    await fixtures.write('dist/counter/index.mjs', 'export const handler = async () => ({ count: 2 });');
    await fixtures.gateway.reload('counter');
    expect(await count()).toBe(2);
    expect(await running).toBe(1);
    await vi.waitUntil(() => instancesOf('counter').length === 1);
  });

  it('get a changed environment, new functions and no removed ones after a reload', async () => {
    await fixtures.write(
      'serverless.yml',
      `${SERVERLESS_YML.replace('FROM_FUNCTION: function', 'FROM_FUNCTION: changed').replace(/ {2}misbehave.*\n/, '')}
  added: { handler: dist/echo/index.handler, events: [{ httpApi: 'GET /added' }] }
`,
    );
    await fixtures.gateway.reload('added');
    expect(fixtures.gateway.functions).toEqual(['counter', 'surroundings', 'added']);
    expect((await surroundings()).environment.FROM_FUNCTION).toBe('changed');
    expect((await fetch(`${fixtures.gateway.apiUrl}/added`)).status).toBe(200);
    await expect(fixtures.gateway.invoke('misbehave', {})).rejects.toThrow('no function is called misbehave');
    await fixtures.write('serverless.yml', SERVERLESS_YML);
  });

  it('stay as they are when serverless.yml cannot be used', async () => {
    await count();
    await fixtures.write('serverless.yml', SERVERLESS_YML.replace('timeout: 7', `timeout: "\${param:none}"`));
    await expect(fixtures.gateway.reload()).rejects.toThrow(
      `function surroundings, timeout: \${param:none} has no value`,
    );
    expect(fixtures.gateway.functions).toContain('surroundings');
    await fixtures.write('serverless.yml', SERVERLESS_YML);
  });
});
