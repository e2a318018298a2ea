import { validateHeaderName, validateHeaderValue } from 'node:http';

/** An HTTP response. */
export interface Answer {
  readonly status: number;
  /** Name and value; a name may come more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** What a function answers with a status (API Gateway developer guide, "Lambda function response for format 2.0"). */
interface ProxyResponse {
  readonly statusCode: unknown;
  readonly headers?: unknown;
  readonly cookies?: unknown;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** API Gateway's type for a response whose function named none. */
const DEFAULT_CONTENT_TYPE = 'text/plain;charset=UTF-8';
/** The gateway frames the response itself. */
const FRAMING = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** An answer of the gateway itself: `{"message": …}`. */
export function messageAnswer(status: number, message: string): Answer {
  return {
    status,
    headers: [['content-type', 'application/json']],
    body: Buffer.from(JSON.stringify({ message })),
  };
}

/**
 * Turns a function's result into an HTTP response.
 *
 * @param payload JSON. Without a `statusCode` it is itself the body of a 200.
 * @returns null when it is malformed.
 */
export function answerFrom(payload: string): Answer | null {
  const result: unknown = JSON.parse(payload);
  if (isProxyResponse(result)) return structured(result);
  const body = Buffer.from(typeof result === 'string' ? result : payload);
  return { status: 200, headers: [['content-type', 'application/json']], body };
}

function isProxyResponse(result: unknown): result is ProxyResponse {
  return typeof result === 'object' && result !== null && Object.hasOwn(result, 'statusCode');
}

function structured(response: ProxyResponse): Answer | null {
  const { statusCode, body = null, isBase64Encoded = false } = response;
  const headers = readHeaders(response.headers ?? {});
  const cookies = readCookies(response.cookies ?? []);
  if (!headers || !cookies || typeof isBase64Encoded !== 'boolean') return null;
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode)) return null;
  if (statusCode < 200 || statusCode > 599) return null;
  if (body !== null && typeof body !== 'string') return null;
  const named = headers.some(([name]) => name === 'content-type');
  return {
    status: statusCode,
    headers: [...(named ? [] : [['content-type', DEFAULT_CONTENT_TYPE] as const]), ...headers, ...cookies],
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}

function readHeaders(raw: unknown): [string, string][] | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const headers: [string, string][] = [];
  for (const [name, value] of Object.entries(raw)) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) return null;
    if (!isValidHeader(name, String(value))) return null;
    if (!FRAMING.has(name.toLowerCase())) headers.push([name.toLowerCase(), String(value)]);
  }
  return headers;
}

function readCookies(raw: unknown): [string, string][] | null {
  if (!Array.isArray(raw)) return null;
  const valid = raw.every((cookie) => typeof cookie === 'string' && isValidHeader('set-cookie', cookie));
  return valid ? raw.map((cookie: string) => ['set-cookie', cookie]) : null;
}

function isValidHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
