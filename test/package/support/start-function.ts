import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { inject, onTestFinished } from 'vitest';
import type { InvokeResult } from './invocations.ts';
import { EXISTING, templateFile } from './packaged.ts';
import { startRuntimeApi } from './runtime-api.ts';
import { DEPLOYMENT, type PackagedFunction, readFunctions } from './template.ts';
import { unpack } from './zip.ts';

const here = dirname(fileURLToPath(import.meta.url));
const RUNTIME = fileURLToPath(import.meta.resolve('aws-lambda-ric'));
const NATIVE_CLIENT = join(here, 'native-client.cjs');
const ISSUER_KEYS = join(here, 'issuer-keys.cjs');

/** How a start differs from what is packaged. */
export interface StartOptions {
  /** Added to the function's own variables, or taken from them. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Ids that take the place of those in EXISTING, as another deployment's would. */
  readonly ids?: Readonly<Partial<Record<keyof typeof EXISTING, string>>>;
  /** Origin that serves the user pool's keys in the place of Cognito's (issuer-keys.cjs). */
  readonly jwksOrigin?: string;
  /** Changes the unpacked zip before the runtime starts. */
  readonly prepare?: (taskRoot: string) => void;
  /** The process may read nothing from disk but the runtime and the unpacked zip: not this machine's ~/.aws either. */
  readonly readsOnlyItsZip?: boolean;
}

/** A function in a process of its own. */
export interface RunningFunction {
  /** Invokes it; the first event waits for the start. Never rejects. */
  invoke(event: unknown): Promise<InvokeResult>;
  /** Ends the process. @returns the lines that it has written to standard output. */
  stop(): Promise<string[]>;
}

/**
 * Starts a function of the packaged template as Lambda does: AWS's runtime interface client, in the unpacked zip, with the
 * environment that Lambda sets. The zip is unpacked outside the repository, where no node_modules can help it. Ends with the
 * test at the latest.
 *
 * @throws Error when the template has no such function.
 */
export async function startFunction(name: string, options: StartOptions = {}): Promise<RunningFunction> {
  const definition = readFunctions(templateFile(inject('packages').existing)).find(
    (candidate) => candidate.name === name,
  );
  if (!definition) throw new Error(`the packaged template has no function ${name}`);
  const taskRoot = unpackFunction(name);
  options.prepare?.(taskRoot);

  const { region, accountId } = DEPLOYMENT;
  const functionArn = `arn:aws:lambda:${region}:${accountId}:function:${definition.functionName}`;
  const api = await startRuntimeApi({ functionArn, timeoutSeconds: definition.timeoutSeconds });
  const child = spawn(process.execPath, [...nodeFlags(taskRoot, options), RUNTIME, definition.handler], {
    cwd: taskRoot,
    env: {
      ...ownEnvironment(definition, options),
      ...lambdaEnvironment(definition, taskRoot, api.address),
      ...(options.jwksOrigin ? { JWKS_ORIGIN: options.jwksOrigin } : {}),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = outputOf(child, api.processEnded);
  const stop = async () => {
    child.kill('SIGKILL');
    await lines;
    await api.close();
    return lines;
  };
  onTestFinished(async () => void (await stop()));
  return { invoke: api.invoke, stop };
}

/** @returns the folder, which ends with the test. */
export function unpackFunction(name: string): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `roomkeeper-${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  unpack(readFileSync(join(inject('packages').existing, `${name}.zip`)), folder);
  return folder;
}

/** @returns the lines of standard output, once the process has ended and all of them have been read. */
async function outputOf(child: ChildProcess, onEnd: (reason: string) => void): Promise<string[]> {
  const output = child.stdout ? text(child.stdout) : '';
  const errors = child.stderr ? text(child.stderr) : '';
  const reason = await new Promise<string>((resolve) => {
    child.once('close', (code, signal) =>
      resolve(code === null ? `signal: ${signal}` : `exit status ${code}`),
    );
  });
  onEnd([reason, await errors].join('\n').trim());
  return (await output).split('\n').filter((line) => line !== '');
}

function nodeFlags(taskRoot: string, { jwksOrigin, readsOnlyItsZip }: StartOptions): string[] {
  const preloads = jwksOrigin ? [NATIVE_CLIENT, ISSUER_KEYS] : [NATIVE_CLIENT];
  const readable = [taskRoot, RUNTIME, ...preloads];
  return [
    ...preloads.flatMap((file) => ['--require', file]),
    ...(readsOnlyItsZip ? ['--permission', ...readable.map((path) => `--allow-fs-read=${path}`)] : []),
  ];
}

function ownEnvironment({ environment }: PackagedFunction, options: StartOptions) {
  const ids = new Map(
    Object.entries(options.ids ?? {}).map(([name, id]) => [EXISTING[name as keyof typeof EXISTING], id]),
  );
  const deployed = Object.entries(environment).map(([name, value]) => [name, ids.get(value) ?? value]);
  return { ...Object.fromEntries(deployed), ...options.environment };
}

/** What Lambda itself sets, as far as it means something here (developer guide, "Defined runtime environment variables"). */
function lambdaEnvironment(definition: PackagedFunction, taskRoot: string, address: string) {
  return {
    _HANDLER: definition.handler,
    AWS_REGION: DEPLOYMENT.region,
    AWS_DEFAULT_REGION: DEPLOYMENT.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memorySizeMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_LAMBDA_RUNTIME_API: address,
    LAMBDA_TASK_ROOT: taskRoot,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
  };
}
