import type { IncomingMessage } from 'node:http';
import type { JwtContext } from '../authorizer/jwt-authorizer.ts';

/** What the payload of version 2.0 is made of (API Gateway developer guide, "Payload format version"). */
export interface EventParts {
  readonly request: IncomingMessage;
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Null when the route has no authorizer. */
  readonly jwt: JwtContext | null;
  readonly body: Buffer;
  readonly accountId: string;
  readonly apiId: string;
  readonly region: string;
  /** API Gateway's id of the request, not Lambda's. */
  readonly requestId: string;
  /** Value of x-amzn-trace-id for a request that brings none. */
  readonly traceId: string;
  /** When the request came in, in milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** Everything else, form posts and bodies without a content type included, reaches the function as base64. */
const TEXT_TYPES = /^(text\/[^;]*|application\/(json|javascript|xml))\s*(;|$)/i;
/** Headers that concern one connection end at the gateway; cookies have a member of their own. */
const NOT_FORWARDED = new Set([
  'connection',
  'cookie',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'expect',
]);
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Builds the event that the HTTP API hands to a function, payload format version 2.0. */
export function buildEvent(parts: EventParts): Record<string, unknown> {
  const { request, routeKey, rawPath, rawQueryString, pathParameters, body } = parts;
  const sent = combineHeaders(request.rawHeaders);
  const cookies = sent.get('cookie')?.split(/;\s*/) ?? [];
  const query = combineQuery(rawQueryString);
  const isText = TEXT_TYPES.test(sent.get('content-type') ?? '');
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers: forwardedHeaders(sent, parts),
    ...(query ? { queryStringParameters: query } : {}),
    requestContext: requestContext(sent, parts),
    ...(Object.keys(pathParameters).length > 0 ? { pathParameters } : {}),
    ...(body.length > 0 ? { body: body.toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function requestContext(sent: ReadonlyMap<string, string>, parts: EventParts) {
  const { request, accountId, apiId, region, rawPath, routeKey, receivedAt, jwt } = parts;
  return {
    accountId,
    apiId,
    ...(jwt ? { authorizer: { jwt } } : {}),
    domainName: `${apiId}.execute-api.${region}.amazonaws.com`,
    domainPrefix: apiId,
    http: {
      method: request.method,
      path: rawPath,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '',
      userAgent: sent.get('user-agent') ?? '',
    },
    requestId: parts.requestId,
    routeKey,
    stage: '$default',
    time: commonLogTime(receivedAt),
    timeEpoch: receivedAt,
  };
}

/** Names in lower case, values of repeated headers joined by commas, as they came; cookies as one list of cookies. */
export function combineHeaders(rawHeaders: readonly string[]): Map<string, string> {
  const combined = new Map<string, string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = rawHeaders[index + 1] ?? '';
    const earlier = combined.get(name);
    const separator = name === 'cookie' ? '; ' : ',';
    combined.set(name, earlier === undefined ? value : `${earlier}${separator}${value}`);
  }
  return combined;
}

function forwardedHeaders(sent: ReadonlyMap<string, string>, parts: EventParts) {
  const { request, body } = parts;
  const { remoteAddress = '', localPort = 0 } = request.socket;
  const already = sent.get('x-forwarded-for');
  const added = new Map(sent)
    .set('content-length', String(body.length))
    .set('x-forwarded-for', already ? `${already}, ${remoteAddress}` : remoteAddress)
    .set('x-forwarded-port', String(localPort))
    .set('x-forwarded-proto', 'http')
    .set('x-amzn-trace-id', sent.get('x-amzn-trace-id') ?? parts.traceId);
  const forwarded = [...added].filter(([name]) => !NOT_FORWARDED.has(name));
  return Object.fromEntries(forwarded.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function combineQuery(rawQueryString: string): Record<string, string> | null {
  const combined: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    combined[name] = name in combined ? `${combined[name]},${value}` : value;
  }
  return Object.keys(combined).length > 0 ? combined : null;
}

/** As in `12/Mar/2020:19:03:58 +0000`. */
function commonLogTime(at: number): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}
