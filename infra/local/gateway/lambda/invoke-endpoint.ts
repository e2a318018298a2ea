import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readBody } from '../http/request-body.ts';
import type { GatewayKnobs } from '../options.ts';
import { apiErrors, LambdaApiError } from './api-error.ts';
import { functionArn } from './environment.ts';
import { type FunctionReference, parseFunctionName } from './function-name.ts';
import type { Functions } from './functions.ts';

interface InvokeEndpointDependencies {
  readonly functions: Pick<Functions, 'find' | 'invoke'>;
  readonly region: string;
  readonly accountId: string;
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly knobs: GatewayKnobs;
  readonly log: (line: string) => void;
}

const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
/** Lambda API reference, Invoke, `LogType`: the last 4 KB of the log. */
const LOG_TAIL_BYTES = 4096;

/** Answers `POST /2015-03-31/functions/{FunctionName}/invocations` as Lambda does. */
export function createInvokeEndpoint(deps: InvokeEndpointDependencies): RequestListener {
  return (request, response) => {
    serve(deps, request, response).catch((error: unknown) => {
      const failure = error instanceof LambdaApiError ? error : apiErrors.service();
      deps.log(`lambda ${request.method} ${failure.code}`);
      request.resume();
      response.writeHead(failure.status, {
        ...failure.headers,
        'content-type': 'application/json',
        'x-amzn-errortype': failure.code,
        'x-amzn-requestid': randomUUID(),
      });
      response.end(JSON.stringify(failure.document));
    });
  };
}

async function serve(
  deps: InvokeEndpointDependencies,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { functions, knobs, log } = deps;
  const { key, name, qualifier } = findFunction(deps, request);
  const type = String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse');
  if (request.headers['x-amz-client-context']) throw apiErrors.notEmulated('X-Amz-Client-Context');
  const limit = type === 'Event' ? knobs.asyncInvokeLimitBytes : knobs.invokeLimitBytes;
  const payload = parsePayload(await readPayload(request, limit, type));
  log(`lambda ${type} ${name}`);
  const executedVersion = { 'x-amz-executed-version': '$LATEST' };
  if (type === 'DryRun') {
    response.writeHead(204, { 'x-amzn-requestid': randomUUID() }).end();
  } else if (type === 'Event') {
    functions
      .invoke(key, payload, qualifier)
      .catch((error: Error) => log(`lambda Event ${name} failed: ${error.message}`));
    response.writeHead(202, { 'x-amzn-requestid': randomUUID(), 'content-length': 0 }).end();
  } else if (type === 'RequestResponse') {
    const invocation = await functions.invoke(key, payload, qualifier);
    const tail = Buffer.from(invocation.log).subarray(-LOG_TAIL_BYTES).toString('base64');
    response.writeHead(200, {
      'content-type': 'application/json',
      'x-amzn-requestid': invocation.requestId,
      ...executedVersion,
      ...(invocation.functionError ? { 'x-amz-function-error': invocation.functionError } : {}),
      ...(request.headers['x-amz-log-type'] === 'Tail' ? { 'x-amz-log-result': tail } : {}),
    });
    response.end(invocation.payload);
  } else throw apiErrors.invalidParameter(`InvocationType ${type} is none of Event, RequestResponse, DryRun`);
}

function findFunction(deps: InvokeEndpointDependencies, request: IncomingMessage) {
  const url = new URL(request.url ?? '/', 'http://lambda.invalid');
  const encodedName = INVOCATIONS.exec(url.pathname)?.[1];
  if (request.method !== 'POST' || !encodedName) {
    throw apiErrors.notEmulated(`${request.method} ${url.pathname}`);
  }
  const written = decodeName(encodedName);
  const reference = parseFunctionName(written, deps.region, deps.accountId);
  const definition = reference && deps.functions.find(reference.name);
  // A function is called by its name on AWS; its key in serverless.yml is no name there.
  if (!reference || definition?.name !== reference.name) {
    throw apiErrors.notFound(written.startsWith('arn:') ? written : functionArn(deps, written));
  }
  const qualifier = qualifierOf(reference, url.searchParams.get('Qualifier'));
  if (qualifier && qualifier !== '$LATEST' && deps.knobs.qualifiers === 'latest-only') {
    throw apiErrors.notFound(`${functionArn(deps, definition.name)}:${qualifier}`);
  }
  return { key: definition.key, name: definition.name, ...(qualifier ? { qualifier } : {}) };
}

function qualifierOf(reference: FunctionReference, parameter: string | null): string | null {
  if (reference.qualifier && parameter && reference.qualifier !== parameter) {
    throw apiErrors.invalidParameter(
      'The derived qualifier from the function name does not match the qualifier',
    );
  }
  return reference.qualifier ?? parameter;
}

function decodeName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw apiErrors.invalidParameter('The function name is not percent-encoded UTF-8');
  }
}

async function readPayload(request: IncomingMessage, limit: number, type: string): Promise<Buffer> {
  const body = await readBody(request, limit);
  if (body === 'too-large') throw apiErrors.tooLarge(type, limit);
  return body;
}

/** @returns the payload as it is handed to the function. Nothing at all is an empty object. */
function parsePayload(body: Buffer): string {
  if (body.length === 0) return '{}';
  const text = body.toString('utf8');
  try {
    JSON.parse(text);
  } catch {
    throw apiErrors.invalidContent();
  }
  return text;
}
