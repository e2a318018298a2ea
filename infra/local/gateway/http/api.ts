import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { Authorize } from '../authorizer/jwt-authorizer.ts';
import { LambdaApiError } from '../lambda/api-error.ts';
import type { Functions } from '../lambda/functions.ts';
import type { GatewayKnobs } from '../options.ts';
import type { CorsConfiguration } from '../serverless/http-api.ts';
import { type Answer, answerFrom, messageAnswer } from './answer.ts';
import { isAllowedOrigin, isPreflight, preflightAnswer, withCors } from './cors.ts';
import { buildEvent, combineHeaders, type EventParts } from './event.ts';
import { readBody } from './request-body.ts';
import type { FindRoute, RouteMatch } from './routes.ts';

/** What the API does now; a reload replaces it. */
export interface ApiDefinition {
  /** Routes lead to a function's key. */
  readonly findRoute: FindRoute<string>;
  readonly cors: CorsConfiguration | null;
}

export interface HttpApiDependencies {
  readonly definition: () => ApiDefinition;
  readonly functions: Pick<Functions, 'invoke'>;
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly knobs: GatewayKnobs;
  readonly log: (line: string) => void;
}

/** AWS's ids of APIs are ten of [a-z0-9]. */
const API_ID = 'local00000';
const CRLF_BYTES = 2;
const NOT_FOUND = messageAnswer(404, 'Not Found');
const UNAVAILABLE = messageAnswer(503, 'Service Unavailable');
/** By the error with which Lambda refuses an event. */
const REFUSALS: ReadonlyMap<string, Answer> = new Map([
  // A function that handles all it may at once is as unavailable as one that takes too long.
  ['TooManyRequestsException', UNAVAILABLE],
  // A reload has taken the function out while its request waited for keys or for its body.
  ['ResourceNotFoundException', messageAnswer(500, 'Internal Server Error')],
]);

interface Handled {
  readonly answer: Answer;
  /** For the log: a path would carry user ids. */
  readonly routeKey: string;
  /** Whether a function gave the answer. */
  readonly fromFunction: boolean;
}

/** The HTTP API: finds a request's route, hands its function the event and sends what it answers. */
export function createHttpApi(deps: HttpApiDependencies): RequestListener {
  return (request, response) => {
    const begun = performance.now();
    const { cors } = deps.definition();
    const requestId = randomBytes(11).toString('base64');
    handle(deps, request, requestId)
      .then(({ answer, routeKey, fromFunction }) => {
        const covered = cors && (fromFunction || deps.knobs.corsOnGatewayErrors) && !isPreflight(request);
        send(response, covered ? withCors(answer, cors, request.headers) : answer, requestId);
        deps.log(`gateway ${routeKey} ${answer.status} ${Math.round(performance.now() - begun)} ms`);
      })
      .catch((error: Error) => {
        // An answer that was handed over whole is still on its way.
        if (!response.writableEnded) response.destroy();
        deps.log(`gateway ${request.method} failed: ${error.message}`);
      });
  };
}

async function handle(
  deps: HttpApiDependencies,
  request: IncomingMessage,
  requestId: string,
): Promise<Handled> {
  const { knobs } = deps;
  const own = (answer: Answer, routeKey = '-'): Handled => ({ answer, routeKey, fromFunction: false });
  if (headBytes(request) > knobs.headerLimitBytes) {
    request.resume();
    return own(messageAnswer(431, 'Request Header Fields Too Large'));
  }
  const preflight = answerPreflight(deps, request);
  if (preflight) return own(preflight, 'OPTIONS');
  const match = findRoute(deps, request);
  if (match === 'malformed') return own(messageAnswer(400, 'Bad Request'));
  if (!match) return own(NOT_FOUND);
  const { routeKey, authorizer } = match.route;
  const receivedAt = deps.clock.now();
  const authorization = authorizer && (await deps.authorize(authorizer, combineHeaders(request.rawHeaders)));
  if (authorization?.refused) return own(authorization.refused, routeKey);
  const body = await readBody(request, knobs.bodyLimitBytes);
  if (body === 'too-large') return own(messageAnswer(413, 'Request Entity Too Large'), routeKey);
  const { pathParameters } = match;
  const jwt = authorization?.admitted ?? null;
  const payload = eventOf(deps, request, { routeKey, pathParameters, jwt, body, receivedAt, requestId });
  return { answer: await integrate(deps, match.target, payload), routeKey, fromFunction: true };
}

/** @returns the function's payload for a request. */
function eventOf(
  deps: HttpApiDependencies,
  request: IncomingMessage,
  parts: Pick<EventParts, 'routeKey' | 'pathParameters' | 'jwt' | 'body' | 'receivedAt' | 'requestId'>,
): string {
  const [path, rawQueryString = ''] = splitAt(request.url ?? '', '?');
  const seconds = Math.floor(parts.receivedAt / 1000).toString(16);
  const event = buildEvent({
    ...parts,
    request,
    rawPath: deps.knobs.rawPath === 'decoded' ? decodeURIComponent(path) : path,
    rawQueryString,
    accountId: deps.accountId,
    apiId: API_ID,
    region: deps.region,
    traceId: `Root=1-${seconds}-${randomBytes(12).toString('hex')}`,
  });
  return JSON.stringify(event);
}

/** Asks the function and gives up after the integration's time-out; the function itself goes on, as on AWS. */
async function integrate(deps: HttpApiDependencies, functionKey: string, payload: string): Promise<Answer> {
  const { knobs } = deps;
  if (Buffer.byteLength(payload) > knobs.invokeLimitBytes)
    return messageAnswer(413, 'Request Entity Too Large');
  const timeout = Promise.withResolvers<null>();
  const timer = setTimeout(() => timeout.resolve(null), knobs.integrationTimeoutMs);
  try {
    const invocation = await Promise.race([deps.functions.invoke(functionKey, payload), timeout.promise]);
    if (!invocation) return UNAVAILABLE;
    const answer = invocation.functionError ? null : answerFrom(invocation.payload);
    return answer ?? messageAnswer(knobs.lambdaErrorStatus, 'Internal Server Error');
  } catch (error) {
    const refusal = error instanceof LambdaApiError && REFUSALS.get(error.code);
    if (!refusal) throw error;
    return refusal;
  } finally {
    clearTimeout(timer);
  }
}

function answerPreflight(deps: HttpApiDependencies, request: IncomingMessage): Answer | null {
  const { cors } = deps.definition();
  if (!cors || !isPreflight(request)) return null;
  const answered = deps.knobs.preflightOfOtherOrigins === 'answer' || isAllowedOrigin(cors, request.headers);
  return answered ? preflightAnswer(cors, request.headers) : null;
}

function findRoute(
  deps: HttpApiDependencies,
  request: IncomingMessage,
): RouteMatch<string> | undefined | 'malformed' {
  const [path] = splitAt(request.url ?? '', '?');
  if (!path.startsWith('/')) return 'malformed';
  try {
    return deps.definition().findRoute(request.method ?? '', path);
  } catch (error) {
    if (error instanceof URIError) return 'malformed';
    throw error;
  }
}

/** Bytes of the request line and the header lines. */
function headBytes({ method, url, httpVersion, rawHeaders }: IncomingMessage): number {
  const requestLine = `${method} ${url} HTTP/${httpVersion}`.length + CRLF_BYTES;
  const separators = (rawHeaders.length / 2) * (': '.length + CRLF_BYTES);
  return rawHeaders.reduce((sum, text) => sum + text.length, requestLine + separators);
}

function splitAt(text: string, separator: string): [string, string?] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function send(response: ServerResponse, { status, headers, body }: Answer, requestId: string): void {
  const bodiless = status === 204 || status === 304;
  const lines = [...headers, ['apigw-requestid', requestId] as const];
  response.statusCode = status;
  for (const [name, value] of lines) {
    if (name === 'set-cookie') response.appendHeader(name, value);
    else response.setHeader(name, value);
  }
  if (!bodiless) response.setHeader('content-length', body.length);
  response.end(bodiless ? undefined : body);
}
