import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixtureGateway, startFixtures } from './start-fixtures.ts';
import { UNLOADABLE } from './unloadable-handlers.ts';

const SERVERLESS_YML = `
service: fixtures
provider: { name: aws, timeout: 1 }
functions:
  misbehave: { handler: dist/misbehave/index.handler, memorySize: 128 }
  hoard: { handler: dist/misbehave/index.handler, memorySize: 128, timeout: 12 }
${UNLOADABLE.map(([name]) => `  ${name}: { handler: dist/${name}/index.handler }`).join('\n')}
`;

const UNTIL_STATUS = String.raw`^RequestId: [\w-]{36} Error: Runtime exited`;

describe('failures of a function', () => {
  let fixtures: FixtureGateway;
  beforeAll(async () => {
    const sources = UNLOADABLE.flatMap(([name, source]) => (source === null ? [] : [[name, source]]));
    fixtures = await startFixtures(
      SERVERLESS_YML,
      { knobs: { initTimeoutMs: 1000 } },
      Object.fromEntries(sources) as Record<string, string>,
    );
  });
  afterAll(() => fixtures.close());

  it.each([
    [
      'throw',
      {
        errorType: 'TypeError',
        errorMessage: 'thrown',
        trace: expect.arrayContaining(['TypeError: thrown']),
      },
    ],
    ['reject', { errorType: 'RangeError', errorMessage: 'rejected' }],
    ['rejectText', { errorType: 'string', errorMessage: 'only a text', trace: [] }],
    [
      'exitZero',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(`${UNTIL_STATUS} without providing a reason$`),
      },
    ],
    [
      'exitThree',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(`${UNTIL_STATUS} with error: exit status 3$`),
      },
    ],
    [
      'unhandledRejection',
      { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: nobody listens' },
    ],
    ['uncaughtException', { errorType: 'Error', errorMessage: 'from a timer' }],
    [
      'bigint',
      { errorType: 'Runtime.JSONStringifyError', errorMessage: 'Unable to stringify response body' },
    ],
    [
      'circular',
      { errorType: 'Runtime.JSONStringifyError', errorMessage: 'Unable to stringify response body' },
    ],
    [
      'tooLarge',
      {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
    ],
    [
      'unsettled',
      { errorType: 'Runtime.NodeJsExit', errorMessage: expect.stringContaining('never settled') },
    ],
    [
      'loop',
      {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(
          /^\d{4}-[\dT:.-]+Z [\w-]{36} Task timed out after 1\.00 seconds$/,
        ),
      },
    ],
    ['sleep', { errorType: 'Sandbox.Timedout' }],
  ])('answers %s as AWS does, and the next event is handled', async (how, failure) => {
    const failed = await fixtures.gateway.invoke('misbehave', { how });
    expect(failed).toMatchObject({ functionError: 'Unhandled', payload: failure });
    expect(await fixtures.gateway.invoke('misbehave', { how: 'nothing' })).toEqual({
      functionError: null,
      payload: null,
    });
  });

  // A function of its own with time to spare: the memory must run out first, on a busy machine too.
  it('answers memory as AWS does, and the next event is handled', async () => {
    const failed = await fixtures.gateway.invoke('hoard', { how: 'memory' });
    expect(failed).toMatchObject({
      functionError: 'Unhandled',
      payload: {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(`${UNTIL_STATUS} with error: signal: killed$`),
      },
    });
    expect(await fixtures.gateway.invoke('hoard', { how: 'nothing' })).toEqual({
      functionError: null,
      payload: null,
    });
  });

  it('lets a response of the largest size through', async () => {
    const { functionError, payload } = await fixtures.gateway.invoke('misbehave', { how: 'largest' });
    expect(functionError).toBeNull();
    expect(payload).toHaveLength(6_291_554);
  });

  it.each(UNLOADABLE)('answers every event of %s', async (name, _source, failure) => {
    for (let event = 0; event < 2; event += 1) {
      expect(await fixtures.gateway.invoke(name, {})).toMatchObject({
        functionError: 'Unhandled',
        payload: failure,
      });
    }
  });

  it('does not let a failed load spoil later events', async () => {
    expect((await fixtures.gateway.invoke('no-function', {})).functionError).toBe('Unhandled');
    await fixtures.write('dist/no-function/index.mjs', 'export const handler = async () => "mended";');
    expect(await fixtures.gateway.invoke('no-function', {})).toEqual({
      functionError: null,
      payload: 'mended',
    });
  });

  it('keeps the lines that were written before an endless loop', async () => {
    await fixtures.gateway.invoke('misbehave', { how: 'loop' });
    expect(fixtures.functionLog).toContain('misbehave: before the loop');
  });

  it('logs the error as AWS’s runtime does', async () => {
    await fixtures.gateway.invoke('misbehave', { how: 'throw' });
    expect(fixtures.functionLog.at(-1)).toMatch(
      /^misbehave: \S+Z\t[\w-]{36}\tERROR\tInvoke Error \t\{"errorType":"TypeError"/,
    );
  });
});
