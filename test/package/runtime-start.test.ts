import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { httpEvent } from './support/events.ts';
import { startFunction } from './support/start-function.ts';

const health = httpEvent('GET /health');
const indexOf = (taskRoot: string, name: string) => join(taskRoot, `dist/${name}/index.mjs`);

describe('a packaged function whose environment is wrong', () => {
  it.each([
    ['tokens', 'USER_POOL_ID'],
    ['tokens', 'SESSION_MINUTES'],
    ['moderation', 'USER_POOL_CLIENT_ID'],
    ['moderation', 'REGISTERED_ROOMS'],
    ['review-message', 'ACCOUNT_ID'],
    ['review-message', 'ON_FAILURE'],
  ])('%s does not start without %s, and says so', async (name, variable) => {
    const running = await startFunction(name, { environment: { [variable]: undefined } });

    expect(await running.invoke({})).toMatchObject({
      functionError: {
        errorType: 'EnvironmentError',
        errorMessage: expect.stringMatching(new RegExp(`^invalid environment: ${variable} [^;]*$`)),
      },
    });
  });

  it.each(['tokens', 'moderation'])('%s refuses keys from another place than Cognito', async (name) => {
    const running = await startFunction(name, {
      environment: { LOCAL_JWKS_ORIGIN: 'http://127.0.0.1:4603' },
    });

    expect(await running.invoke({})).toMatchObject({
      functionError: {
        errorType: 'EnvironmentError',
        errorMessage: 'invalid environment: LOCAL_JWKS_ORIGIN must not be set on AWS Lambda',
      },
    });
  });
});

/** These break a zip and show that the tests above and beside this file would see it. */
describe('a packaged function that is broken', () => {
  it('does not start without a file that it imports', async () => {
    const running = await startFunction('tokens', {
      prepare: (taskRoot) => {
        const [, chunk = ''] =
          /from"\.\/(chunk-\w+\.mjs)"/.exec(readFileSync(indexOf(taskRoot, 'tokens'), 'utf8')) ?? [];
        rmSync(join(taskRoot, 'dist/tokens', chunk));
      },
    });

    // Not Runtime.ImportModuleError: the runtime interface client says that for CommonJS, and of the handler's own file, only.
    expect(await running.invoke({})).toMatchObject({
      functionError: {
        errorType: 'Error',
        errorMessage: expect.stringMatching(/^Cannot find module '.*chunk-/),
      },
    });
  });

  it('does not start without the handler’s own file', async () => {
    const running = await startFunction('health', {
      prepare: (taskRoot) => rmSync(indexOf(taskRoot, 'health')),
    });

    expect(await running.invoke(health)).toMatchObject({
      functionError: { errorType: 'Runtime.ImportModuleError' },
    });
  });

  it.each([
    ['another export', 'export const handle = async () => 1;', 'Runtime.HandlerNotFound'],
    ['a syntax error', 'export const handler = ;', 'Runtime.UserCodeSyntaxError'],
    ['a package that is not in the zip', "import 'zod'; export const handler = async () => 1;", 'Error'],
    [
      'an error in the handler',
      'export const handler = async () => { throw new TypeError(); };',
      'TypeError',
    ],
    ['a process that ends', 'export const handler = async () => process.exit(3);', 'Runtime.ExitError'],
    ['a result that is no JSON', 'export const handler = async () => 1n;', 'Runtime.JSONStringifyError'],
  ])('shows %s as the function’s error', async (_what, source, errorType) => {
    const running = await startFunction('health', {
      prepare: (taskRoot) => writeFileSync(indexOf(taskRoot, 'health'), source),
    });

    expect(await running.invoke(health)).toMatchObject({ functionError: { errorType } });
  });

  it('cannot read a file outside its zip where that is not allowed', async () => {
    const source = `import { readFileSync } from 'node:fs';
      export const handler = async () => readFileSync(${JSON.stringify(import.meta.filename)}, 'utf8').length;`;
    const prepare = (taskRoot: string) => writeFileSync(indexOf(taskRoot, 'health'), source);
    const free = await startFunction('health', { prepare });
    const bound = await startFunction('health', { prepare, readsOnlyItsZip: true });

    expect(await free.invoke(health)).toEqual({ payload: expect.any(Number) });
    expect(await bound.invoke(health)).toMatchObject({
      functionError: { errorMessage: expect.stringContaining('restricted') },
    });
  });
});
