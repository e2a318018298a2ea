import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { CognitoError, notImplemented } from './errors.ts';
import { OPERATIONS } from './operations.ts';
import type { Pool } from './pool.ts';

/** The service's prefix in `x-amz-target` (service model, `targetPrefix`). */
const TARGET_PREFIX = 'AWSCognitoIdentityProviderService.';
const CONTENT_TYPE = 'application/x-amz-json-1.1';
const REQUEST_MAX_BYTES = 262_144;

/** Browsers sign in here directly, so Cognito lets every origin read its answers. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
};
const PREFLIGHT_MAX_AGE_SECONDS = '172800';

/** The HTTP side of the pool: AWS JSON 1.1 on POST /, the two `.well-known` documents, CORS preflights. */
export function createListener(pool: Pool, log: (line: string) => void): RequestListener {
  const documents = wellKnownDocuments(pool);
  return (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    response.setHeader('x-amzn-requestid', pool.random.uuid());
    const document = documents.get(path);
    if (request.method === 'OPTIONS') preflight(request, response);
    else if (request.method === 'GET' && document) send(response, 200, 'application/json', document());
    else if (request.method === 'POST' && path === '/') void call(pool, log, request, response);
    else send(response, 404, 'application/json', { message: 'POST / or a document under .well-known' });
  };
}

function wellKnownDocuments({ userPoolId, issuer, keys }: Pool): ReadonlyMap<string, () => object> {
  const configuration = {
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
  return new Map<string, () => object>([
    [`/${userPoolId}/.well-known/jwks.json`, () => keys.jwks()],
    [`/${userPoolId}/.well-known/openid-configuration`, () => configuration],
  ]);
}

async function call(
  pool: Pool,
  log: (line: string) => void,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = String(request.headers['x-amz-target'] ?? '');
  const name = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : '';
  // What is not one of our names came from outside as it is: quoted, so that it stays one line of the log.
  const shown = OPERATIONS.has(name) ? name : JSON.stringify(target.slice(0, 96));
  try {
    const output = await answer(pool, request, name, shown);
    log(`cognito ${shown} 200`);
    send(response, 200, CONTENT_TYPE, output);
  } catch (error) {
    const refusal = error instanceof CognitoError ? error : internalError();
    if (refusal !== error) log(`cognito ${shown} failed: ${(error as Error).name}`);
    log(
      `cognito ${shown} ${refusal.status} ${refusal.type}${refusal.notEmulated ? `: ${refusal.message}` : ''}`,
    );
    response.setHeader('x-amzn-errortype', `${refusal.type}:`);
    send(response, refusal.status, CONTENT_TYPE, { __type: refusal.type, message: refusal.message });
  }
}

async function answer(pool: Pool, request: IncomingMessage, name: string, shown: string): Promise<object> {
  const body = await readBody(request);
  if (name === '') throw new CognitoError('UnknownOperationException', 'Unknown operation');
  const run = OPERATIONS.get(name);
  if (!run) throw notImplemented(`the operation ${shown}`);
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (pool.knobs.requireAmzJson && contentType !== CONTENT_TYPE) {
    throw new CognitoError('SerializationException', `send content-type: ${CONTENT_TYPE}`);
  }
  return run(pool, parseObject(body));
}

function internalError(): CognitoError {
  return new CognitoError('InternalErrorException', 'The stand-in failed: its log says where.');
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= REQUEST_MAX_BYTES) chunks.push(chunk as Buffer);
  }
  if (size > REQUEST_MAX_BYTES) {
    throw new CognitoError('RequestEntityTooLargeException', `more than ${REQUEST_MAX_BYTES} bytes`);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseObject(body: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    // Falls through: the parser's message would quote the body, which may hold a password.
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new CognitoError('SerializationException', 'the body is not a JSON object');
  }
  return parsed as Record<string, unknown>;
}

function preflight(request: IncomingMessage, response: ServerResponse): void {
  const { 'access-control-request-headers': headers, 'access-control-request-method': method } =
    request.headers;
  if (headers) response.setHeader('access-control-allow-headers', headers);
  if (method) response.setHeader('access-control-allow-methods', method);
  response
    .writeHead(200, { ...CORS, 'access-control-max-age': PREFLIGHT_MAX_AGE_SECONDS, 'content-length': '0' })
    .end();
}

function send(response: ServerResponse, status: number, contentType: string, body: object): void {
  response
    .writeHead(status, { ...CORS, 'content-type': contentType, 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}
