import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { type Listening, listen } from '../listen.ts';
import { createIssuerKeys } from './authorizer/issuer-keys.ts';
import { createJwtAuthorizer } from './authorizer/jwt-authorizer.ts';
import { type ApiDefinition, createHttpApi } from './http/api.ts';
import { createRouter } from './http/routes.ts';
import { createFunctions, type Functions } from './lambda/functions.ts';
import { createInvokeEndpoint } from './lambda/invoke-endpoint.ts';
import type { InstanceDescription } from './lambda/pool.ts';
import { DEFAULT_KNOBS, type GatewayOptions } from './options.ts';
import { readService, type ServiceDefinition } from './serverless/service.ts';

export type { GatewayKnobs, GatewayOptions } from './options.ts';

/** What {@link Gateway.invoke} brings back. */
export interface InvokeResult {
  /** The handler's result, or the error's document. */
  readonly payload: unknown;
  readonly functionError: 'Unhandled' | null;
}

/** A running HTTP API with its functions. */
export interface Gateway {
  /** Base URL of the HTTP API, without a trailing slash. */
  readonly apiUrl: string;
  /** Endpoint for Lambda clients: Invoke only. */
  readonly lambdaEndpoint: string;
  /** Keys of the functions in serverless.yml. */
  readonly functions: readonly string[];
  /**
   * Invokes a function by its key or its name on AWS.
   *
   * @throws RangeError when there is none; LambdaApiError TooManyRequestsException beyond its reserved concurrency.
   */
  invoke(functionName: string, event: unknown): Promise<InvokeResult>;
  /**
   * Reads serverless.yml and the handler of one function, or of all, anew. Busy instances finish their event first. Reloads
   * run one after another.
   *
   * @throws ServerlessFileError when serverless.yml cannot be used; everything then stays as it was.
   */
  reload(functionName?: string): Promise<void>;
  /** The instances that run now. */
  instances(): readonly InstanceDescription[];
  /** Ends every instance, connection and timer, and frees both ports. */
  close(): Promise<void>;
}

/** Beyond it Node itself answers 431; the gateway's own limit comes long before. */
const MAX_HEADER_BYTES = 128 * 1024;

/**
 * Starts the local API Gateway (HTTP API, payload format 2.0) and the local Lambda for the functions of serverless.yml.
 *
 * @throws ServerlessFileError naming function and key for what has no value or is not emulated; Error for a taken port.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const knobs = { ...DEFAULT_KNOBS, ...options.knobs };
  const service = await readDefinition(options);
  const functions = createFunctions({ ...options, initTimeoutMs: knobs.initTimeoutMs });
  const current = { api: apiDefinition(service) };
  const keysOf = createIssuerKeys({ clock: options.clock, knobs, jwksOrigin: options.jwksOrigin ?? null });
  const authorize = createJwtAuthorizer({ clock: options.clock, knobs, keysOf });
  const shared = { ...options, knobs, functions, authorize };
  const listeners = {
    httpApi: createHttpApi({ ...shared, definition: () => current.api }),
    invokeEndpoint: createInvokeEndpoint(shared),
  };
  const servers = await startServers(options, listeners);
  await functions.update(service.functions);
  for (const sentence of service.notEmulated) options.log(`gateway ${sentence}`);

  return {
    apiUrl: servers.api.origin,
    lambdaEndpoint: servers.lambda.origin,
    get functions() {
      return functions.keys();
    },
    invoke: (functionName, event) => invokeByName(functions, functionName, event),
    reload: inTurn(async (functionName) => {
      const next = await readDefinition(options);
      const named = next.functions.find(({ key, name }) => key === functionName || name === functionName);
      if (functionName !== undefined && !named) throw new RangeError(`no function is called ${functionName}`);
      await functions.update(next.functions, named?.key);
      current.api = apiDefinition(next);
    }),
    instances: () => functions.instances(),
    async close() {
      await Promise.all([servers.api.close(), servers.lambda.close(), functions.close()]);
    },
  };
}

/** An earlier reload that took longer would otherwise put its older routes back. A failed one does not stop the next. */
function inTurn(reload: Gateway['reload']): Gateway['reload'] {
  let last = Promise.resolve();
  return (functionName) => {
    const turn = last.then(() => reload(functionName));
    last = turn.catch(() => {});
    return turn;
  };
}

/** Nothing keeps listening when one of the ports is taken. */
async function startServers(
  { faults, port, lambdaPort }: GatewayOptions,
  { httpApi, invokeEndpoint }: Record<'httpApi' | 'invokeEndpoint', RequestListener>,
): Promise<{ api: Listening; lambda: Listening }> {
  const serve = (target: 'gateway' | 'lambda', listener: RequestListener) =>
    createServer({ maxHeaderSize: MAX_HEADER_BYTES }, faults.guard(target, listener));
  const lambda = await listen(serve('lambda', invokeEndpoint), lambdaPort);
  try {
    return { api: await listen(serve('gateway', httpApi), port), lambda };
  } catch (error) {
    await lambda.close();
    throw error;
  }
}

async function readDefinition(options: GatewayOptions): Promise<ServiceDefinition> {
  return readService(await readFile(options.serverlessFile, 'utf8'), options);
}

function apiDefinition({ functions, cors }: ServiceDefinition): ApiDefinition {
  const routes = functions.flatMap(({ key, routes }) => routes.map((route) => [route, key] as const));
  return { findRoute: createRouter(routes), cors };
}

async function invokeByName(functions: Functions, name: string, event: unknown): Promise<InvokeResult> {
  const definition = functions.find(name);
  if (!definition) throw new RangeError(`no function is called ${name}`);
  const { payload, functionError } = await functions.invoke(definition.key, JSON.stringify(event ?? {}));
  return { payload: JSON.parse(payload), functionError };
}
