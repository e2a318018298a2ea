import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { CorsConfiguration } from '../serverless/http-api.ts';
import type { Answer } from './answer.ts';

type Header = readonly [name: string, value: string];

/** A browser's question whether it may send a request (Fetch standard, "CORS-preflight request"). */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && Boolean(headers.origin && headers['access-control-request-method']);
}

export function isAllowedOrigin(cors: CorsConfiguration, headers: IncomingHttpHeaders): boolean {
  return headers.origin !== undefined && cors.allowedOrigins.includes(headers.origin);
}

/** The gateway's own answer to a preflight; no function is asked. */
export function preflightAnswer(cors: CorsConfiguration, headers: IncomingHttpHeaders): Answer {
  const list = (name: string, values: readonly string[]): Header[] =>
    values.length > 0 ? [[name, values.join(',')]] : [];
  const age: Header[] =
    cors.maxAgeSeconds === null ? [] : [['access-control-max-age', String(cors.maxAgeSeconds)]];
  const allowed = isAllowedOrigin(cors, headers)
    ? [
        ...originHeaders(cors, headers),
        ...list('access-control-allow-methods', cors.allowedMethods),
        ...list('access-control-allow-headers', cors.allowedHeaders),
        ...age,
      ]
    : [];
  return { status: 204, headers: [...allowed, ['vary', 'Origin']], body: Buffer.alloc(0) };
}

/**
 * Puts the configured CORS headers on an answer, in place of those that the function sent: with CORS configured,
 * the gateway ignores the function's (API Gateway developer guide, "Configure CORS for HTTP APIs").
 */
export function withCors(answer: Answer, cors: CorsConfiguration, headers: IncomingHttpHeaders): Answer {
  const kept = answer.headers.filter(([name]) => !name.startsWith('access-control-'));
  const vary = kept.filter(([name]) => name === 'vary').map(([, value]) => value);
  const exposed: Header[] =
    cors.exposedResponseHeaders.length > 0
      ? [['access-control-expose-headers', cors.exposedResponseHeaders.join(',')]]
      : [];
  const allowed = isAllowedOrigin(cors, headers) ? [...originHeaders(cors, headers), ...exposed] : [];
  return {
    ...answer,
    headers: [
      ...kept.filter(([name]) => name !== 'vary'),
      ...allowed,
      ['vary', vary.some(namesOrigin) ? vary.join(', ') : [...vary, 'Origin'].join(', ')],
    ],
  };
}

function originHeaders(cors: CorsConfiguration, { origin = '' }: IncomingHttpHeaders): Header[] {
  const credentials: Header[] = cors.allowCredentials ? [['access-control-allow-credentials', 'true']] : [];
  return [['access-control-allow-origin', origin], ...credentials];
}

function namesOrigin(vary: string): boolean {
  return vary.split(',').some((name) => ['origin', '*'].includes(name.trim().toLowerCase()));
}
