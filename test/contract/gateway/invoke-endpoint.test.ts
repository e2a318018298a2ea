import { InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FixtureGateway, sendRaw, startFixtures } from './start-fixtures.ts';

const SERVERLESS_YML = `
service: fixtures
provider: { name: aws, timeout: 1 }
functions:
  echo: { handler: dist/echo/index.handler }
  counter: { handler: dist/counter/index.handler }
  surroundings: { handler: dist/surroundings/index.handler }
  misbehave: { handler: dist/misbehave/index.handler }
  named: { handler: dist/echo/index.handler, name: another-name }
`;
const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:fixtures-local-surroundings';

describe('the Lambda Invoke endpoint', () => {
  let fixtures: FixtureGateway;
  let client: LambdaClient;
  beforeAll(async () => {
    fixtures = await startFixtures(SERVERLESS_YML);
    client = new LambdaClient({
      endpoint: fixtures.gateway.lambdaEndpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  });
  afterAll(async () => {
    client.destroy();
    await fixtures.close();
  });

  const invoke = (input: InvokeCommandInput) => client.send(new InvokeCommand(input));
  const payloadOf = ({ Payload }: { Payload?: Uint8Array }) =>
    JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null') as Record<string, unknown>;

  it('hands the payload over and brings the result back', async () => {
    const result = await invoke({ FunctionName: 'fixtures-local-echo', Payload: Buffer.from('{"é":[1]}') });
    expect(result).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(result.FunctionError).toBeUndefined();
    expect(result.LogResult).toBeUndefined();
    expect(payloadOf(result)).toMatchObject({ statusCode: 200, body: '{"é":[1]}' });
  });

  it('hands an empty object over when there is no payload', async () => {
    expect(payloadOf(await invoke({ FunctionName: 'fixtures-local-echo' }))).toMatchObject({ body: '{}' });
  });

  it.each([
    ['a name', 'fixtures-local-surroundings', undefined, ARN],
    ['an ARN', ARN, undefined, ARN],
    ['a partial ARN', '123456789012:function:fixtures-local-surroundings', undefined, ARN],
    ['a name with $LATEST', 'fixtures-local-surroundings:$LATEST', undefined, `${ARN}:$LATEST`],
    ['an ARN with an alias', `${ARN}:live`, undefined, `${ARN}:live`],
    ['a name and a qualifier apart', 'fixtures-local-surroundings', 'live', `${ARN}:live`],
  ])('finds a function by %s', async (_title, FunctionName, Qualifier, invokedFunctionArn) => {
    const result = await invoke({ FunctionName, ...(Qualifier ? { Qualifier } : {}) });
    expect(payloadOf(result).context).toMatchObject({ invokedFunctionArn });
  });

  it('reports a function’s error', async () => {
    const result = await invoke({ FunctionName: 'fixtures-local-misbehave', Payload: '{"how":"throw"}' });
    expect(result).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', ExecutedVersion: '$LATEST' });
    expect(payloadOf(result)).toMatchObject({ errorType: 'TypeError', errorMessage: 'thrown' });
  });

  it('brings the last 4 KB of the log when asked', async () => {
    const { LogResult } = await invoke({
      FunctionName: 'fixtures-local-misbehave',
      LogType: 'Tail',
      Payload: '{"how":"nothing"}',
    });
    const log = Buffer.from(LogResult ?? '', 'base64').toString();
    expect(log).toMatch(/^START RequestId: [\w-]{36} Version: \$LATEST\nhow nothing\nEND .*\nREPORT /);
  });

  it('runs an Event once, after its answer', async () => {
    const result = await invoke({
      FunctionName: 'fixtures-local-misbehave',
      InvocationType: 'Event',
      Payload: '{"how":"bigint"}',
    });
    expect(result).toMatchObject({ StatusCode: 202 });
    const runs = () => fixtures.functionLog.filter((line) => line === 'misbehave: how bigint').length;
    await vi.waitUntil(() => runs() > 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(runs()).toBe(1);
  });

  it('runs nothing for a DryRun', async () => {
    const result = await invoke({ FunctionName: 'fixtures-local-counter', InvocationType: 'DryRun' });
    expect(result).toMatchObject({ StatusCode: 204 });
    expect(fixtures.gateway.instances().some(({ functionName }) => functionName === 'counter')).toBe(false);
  });

  it.each([
    ['a name that nobody has', 'nobody', 'arn:aws:lambda:eu-west-1:123456789012:function:nobody'],
    [
      'a key of serverless.yml that is no name',
      'named',
      'arn:aws:lambda:eu-west-1:123456789012:function:named',
    ],
    ['another region', ARN.replace('eu-west-1', 'us-east-1'), ARN.replace('eu-west-1', 'us-east-1')],
    [
      'another account',
      ARN.replace('123456789012', '210987654321'),
      ARN.replace('123456789012', '210987654321'),
    ],
  ])('does not find %s', async (_title, FunctionName, arn) => {
    await expect(invoke({ FunctionName })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${arn}`,
      Type: 'User',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it.each([
    ['no JSON', { Payload: '{' }, 'InvalidRequestContentException', 400],
    ['more than 6 MB', { Payload: `"${'x'.repeat(6 * 1024 * 1024 - 1)}"` }, 'RequestTooLargeException', 413],
    [
      'an Event of more than 1 MB',
      { InvocationType: 'Event' as const, Payload: `"${'x'.repeat(1024 * 1024 - 1)}"` },
      'RequestTooLargeException',
      413,
    ],
    [
      'two qualifiers',
      { FunctionName: 'fixtures-local-echo:one', Qualifier: 'two' },
      'InvalidParameterValueException',
      400,
    ],
    ['an unknown type', { InvocationType: 'Later' as 'Event' }, 'InvalidParameterValueException', 400],
    ['a client context', { ClientContext: 'e30=' }, 'NotEmulatedException', 501],
  ])('refuses %s', async (_title, input, name, httpStatusCode) => {
    await expect(invoke({ FunctionName: 'fixtures-local-echo', ...input })).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode },
    });
  });

  it('takes exactly 6 MB', async () => {
    const Payload = `"${'x'.repeat(6 * 1024 * 1024 - 2)}"`;
    expect((await invoke({ FunctionName: 'fixtures-local-counter', Payload })).FunctionError).toBeUndefined();
  });

  it.each([
    ['GET', '/'],
    ['GET', '/2015-03-31/functions'],
    ['POST', '/2021-11-15/functions/fixtures-local-echo/response-streaming-invocations'],
  ])('says that %s %s is not emulated', async (method, path) => {
    const { status, headers, body } = await sendRaw(fixtures.gateway.lambdaEndpoint, path, { method });
    expect({ status, type: headers['x-amzn-errortype'] }).toEqual({
      status: 501,
      type: 'NotEmulatedException',
    });
    expect(body).toContain('not emulated');
  });

  it('suffers the faults that are put in front of it', async () => {
    fixtures.faults.add({ target: 'lambda', times: 1, fault: { mode: 'reset' } });
    await expect(invoke({ FunctionName: 'fixtures-local-echo' })).rejects.toThrow(
      /ECONNRESET|socket hang up/,
    );
    expect((await invoke({ FunctionName: 'fixtures-local-echo' })).StatusCode).toBe(200);
  });

  it('knows only $LATEST when told to', async () => {
    const strict = await startFixtures(SERVERLESS_YML, { knobs: { qualifiers: 'latest-only' } });
    const path = (qualifier: string) =>
      `/2015-03-31/functions/fixtures-local-echo/invocations?Qualifier=${qualifier}`;
    try {
      const { lambdaEndpoint } = strict.gateway;
      expect((await sendRaw(lambdaEndpoint, path('live'), { method: 'POST' })).status).toBe(404);
      expect((await sendRaw(lambdaEndpoint, path('%24LATEST'), { method: 'POST' })).status).toBe(200);
    } finally {
      await strict.close();
    }
  });
});
