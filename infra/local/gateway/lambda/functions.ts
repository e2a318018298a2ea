import { randomBytes, randomUUID } from 'node:crypto';
import type { GatewayOptions } from '../options.ts';
import type { FunctionDefinition } from '../serverless/service.ts';
import { apiErrors } from './api-error.ts';
import { functionArn } from './environment.ts';
import type { RuntimeFailure } from './failure.ts';
import { Instance } from './instance.ts';
import { type InstanceDescription, Pool } from './pool.ts';

/** What an invocation came to. */
export interface Invocation {
  readonly requestId: string;
  /** JSON: the handler's result, or the error's document. */
  readonly payload: string;
  /** Lambda says `Unhandled` for every error of a function. */
  readonly functionError: 'Unhandled' | null;
  /** The invocation's log, START to REPORT. */
  readonly log: string;
}

/** All functions of the service. */
export interface Functions {
  /** @returns the function's definition by its key in serverless.yml or by its name on AWS. */
  find(keyOrName: string): FunctionDefinition | undefined;
  /**
   * @param payload JSON. @param qualifier version or alias, for the ARN in the context.
   * @throws LambdaApiError ResourceNotFoundException for a key that a reload has taken out, TooManyRequestsException beyond
   *   the function's reserved concurrency; Error after `close`.
   */
  invoke(key: string, payload: string, qualifier?: string): Promise<Invocation>;
  /**
   * Takes over new definitions; instances of `only`, or of every function, and of those that changed are replaced.
   * Does nothing after `close`.
   */
  update(definitions: readonly FunctionDefinition[], only?: string): Promise<void>;
  instances(): InstanceDescription[];
  keys(): string[];
  close(): Promise<void>;
}

type FunctionsDependencies = Pick<
  GatewayOptions,
  'clock' | 'region' | 'accountId' | 'root' | 'environment' | 'onFunctionLog' | 'warmInstances'
> & { readonly initTimeoutMs: number };

export function createFunctions(deps: FunctionsDependencies): Functions {
  const pools = new Map<string, Pool>();
  let closed = false;
  const find = (keyOrName: string) =>
    pools.get(keyOrName)?.definition ??
    [...pools.values()].find(({ definition }) => definition.name === keyOrName)?.definition;
  return {
    find,
    async invoke(key, payload, qualifier) {
      const pool = pools.get(key);
      if (!pool) throw apiErrors.notFound(functionArn(deps, key));
      return invoke(pool, payload, qualifier, deps);
    },
    async update(definitions, only) {
      if (!closed) await update(pools, definitions, only, deps);
    },
    instances: () => [...pools.values()].flatMap((pool) => pool.instances()),
    keys: () => [...pools.keys()],
    async close() {
      closed = true;
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

async function update(
  pools: Map<string, Pool>,
  definitions: readonly FunctionDefinition[],
  only: string | undefined,
  deps: FunctionsDependencies,
): Promise<void> {
  const keys = new Set(definitions.map(({ key }) => key));
  const gone = [...pools].filter(([key]) => !keys.has(key));
  for (const [key] of gone) pools.delete(key);
  const kept = definitions.map(async (definition) => {
    const pool = pools.get(definition.key);
    if (!pool) {
      const created = createPool(definition, deps);
      pools.set(definition.key, created);
      return created.warmUp();
    }
    const changed = JSON.stringify(pool.definition) !== JSON.stringify(definition);
    if (!only || only === definition.key || changed) await pool.replace(definition);
  });
  await Promise.all([...kept, ...gone.map(([, pool]) => pool.close())]);
}

function createPool(definition: FunctionDefinition, deps: FunctionsDependencies): Pool {
  const { key } = definition;
  const onLine = (line: string) => deps.onFunctionLog(key, line);
  return new Pool(definition, {
    warm: deps.warmInstances?.[key] ?? 0,
    onInitFailure: (failure) => onLine(errorLine('Init Error', '', failure, deps.clock.now())),
    start: (current, onEnd) => {
      const { clock, initTimeoutMs } = deps;
      const id = randomBytes(16).toString('hex');
      return new Instance(current, { placement: deps, clock, id, initTimeoutMs, onLine, onEnd });
    },
  });
}

async function invoke(
  pool: Pool,
  payload: string,
  qualifier: string | undefined,
  deps: FunctionsDependencies,
): Promise<Invocation> {
  const requestId = randomUUID();
  const { key, name, memorySizeMb } = pool.definition;
  const arn = functionArn(deps, name) + (qualifier ? `:${qualifier}` : '');
  const begun = performance.now();
  const { failure, payload: result, lines } = await pool.run({ requestId, payload, invokedFunctionArn: arn });
  const durationMs = (performance.now() - begun).toFixed(2);
  const errorLines = failure ? [errorLine('Invoke Error', requestId, failure, deps.clock.now())] : [];
  for (const line of errorLines) deps.onFunctionLog(key, line);
  const log = [
    `START RequestId: ${requestId} Version: $LATEST`,
    ...lines,
    ...errorLines,
    `END RequestId: ${requestId}`,
    `REPORT RequestId: ${requestId}\tDuration: ${durationMs} ms\tMemory Size: ${memorySizeMb} MB\t`,
  ].join('\n');
  return failure
    ? { requestId, payload: JSON.stringify(failure), functionError: 'Unhandled', log }
    : { requestId, payload: result, functionError: null, log };
}

/** The line that AWS's Node runtime writes for an error. */
function errorLine(kind: string, requestId: string, failure: RuntimeFailure, at: number): string {
  return `${new Date(at).toISOString()}\t${requestId}\tERROR\t${kind} \t${JSON.stringify(failure)}`;
}
