import { type Authorizers, type RouteAuthorizer, readRouteAuthorizer } from './authorizers.ts';
import { ServerlessFileError } from './document.ts';
import { at } from './resolver.ts';

/** A route of the HTTP API. */
export interface RouteDefinition {
  /** As AWS writes it: `POST /rooms/{roomId}/tokens`, `ANY /x` or `$default`. */
  readonly routeKey: string;
  /** Upper case, or `ANY`. */
  readonly method: string;
  /** Null for `$default`. */
  readonly path: string | null;
  /** Null: the route takes every request. */
  readonly authorizer: RouteAuthorizer | null;
}

/** What the reading of events needs and fills. */
interface EventReading {
  readonly authorizers: Authorizers;
  /** Gets a sentence for each event that has no effect here. */
  readonly notEmulated: string[];
}

/** The CORS configuration of the HTTP API (API Gateway developer guide, "Configure CORS for HTTP APIs"). */
export interface CorsConfiguration {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedResponseHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAgeSeconds: number | null;
}

const DEFAULT_ROUTE = { routeKey: '$default', method: 'ANY', path: null };
/** Event sources that start nothing here; a test invokes such a function itself. */
const EVENTS_WITHOUT_EFFECT = new Set(['schedule']);
const ROUTE_KEYS = new Set(['method', 'path', 'authorizer']);

/**
 * @param raw the resolved `events` of a function.
 * @throws ServerlessFileError for event sources and options that are not emulated.
 */
export function readRoutes(raw: unknown, subject: string, reading: EventReading): RouteDefinition[] {
  return ((raw ?? []) as unknown[]).flatMap((event) => {
    const [source] = Object.keys(event as object);
    if (source === 'httpApi') return [readRoute(at(event, ['httpApi']), subject, reading.authorizers)];
    if (source === undefined || !EVENTS_WITHOUT_EFFECT.has(source)) {
      throw new ServerlessFileError(`${subject}, events: ${source} is not emulated`);
    }
    reading.notEmulated.push(`${subject}: its ${source} event is not emulated, nothing starts it by itself`);
    return [];
  });
}

function readRoute(raw: unknown, subject: string, authorizers: Authorizers): RouteDefinition {
  const [method, path] = typeof raw === 'string' ? splitRoute(raw) : [at(raw, ['method']), at(raw, ['path'])];
  const foreign =
    typeof raw === 'string' ? undefined : Object.keys(raw as object).find((key) => !ROUTE_KEYS.has(key));
  if (foreign) throw new ServerlessFileError(`${subject}, events.httpApi.${foreign}: not emulated`);
  const route = routeOf(method, path, subject);
  const place = `${subject}, events.httpApi ${route.routeKey}`;
  return { ...route, authorizer: readRouteAuthorizer(at(raw, ['authorizer']), authorizers, place) };
}

function routeOf(method: unknown, path: unknown, subject: string): Omit<RouteDefinition, 'authorizer'> {
  if (path === '*' || path === '$default') return DEFAULT_ROUTE;
  if (typeof path !== 'string' || !path.startsWith('/')) {
    throw new ServerlessFileError(`${subject}, events.httpApi.path: must be a path that begins with /`);
  }
  const verb = method === undefined || method === '*' ? 'ANY' : String(method).toUpperCase();
  return { routeKey: `${verb} ${path}`, method: verb, path };
}

function splitRoute(text: string): [method: string, path: string] {
  const [first = '', second] = text.trim().split(/\s+/);
  return second === undefined ? ['*', first] : [first, second];
}

/**
 * @param raw the resolved `provider.httpApi.cors`.
 * @throws ServerlessFileError for wildcards: only exact origins are emulated.
 */
export function readCors(raw: unknown): CorsConfiguration | null {
  if (raw === undefined || raw === null || raw === false) return null;
  const list = (key: string) => ((at(raw, [key]) ?? []) as unknown[]).map(String);
  const allowedOrigins = list('allowedOrigins');
  if (allowedOrigins.length === 0 || allowedOrigins.some((origin) => origin.includes('*'))) {
    throw new ServerlessFileError('provider.httpApi.cors.allowedOrigins: only exact origins are emulated');
  }
  const maxAge = at(raw, ['maxAge']);
  return {
    allowedOrigins,
    allowedMethods: list('allowedMethods'),
    allowedHeaders: list('allowedHeaders'),
    exposedResponseHeaders: list('exposedResponseHeaders'),
    allowCredentials: at(raw, ['allowCredentials']) === true,
    maxAgeSeconds: maxAge === undefined ? null : Number(maxAge),
  };
}
