import { ServerlessFileError } from './document.ts';
import { at } from './resolver.ts';

/** A JWT authorizer of the HTTP API (API Gateway developer guide, "JWT authorizers"). */
export interface JwtAuthorizer {
  /** The header that holds the token, in lower case. */
  readonly header: string;
  /** What a token's `iss` must be; without a trailing slash its keys are at `/.well-known/jwks.json` below it. */
  readonly issuer: string;
  /** One of these must be a token's `aud`, or its `client_id` when it has no `aud`. */
  readonly audience: readonly string[];
}

/** What a route asks of a request. */
export interface RouteAuthorizer extends JwtAuthorizer {
  /** A token must have one of these. Null: any token does. */
  readonly scopes: readonly string[] | null;
}

/** By their keys in `provider.httpApi.authorizers`. */
export type Authorizers = ReadonlyMap<string, JwtAuthorizer>;

const AUTHORIZER_KEYS = new Set(['type', 'name', 'identitySource', 'issuerUrl', 'audience']);
const ROUTE_AUTHORIZER_KEYS = new Set(['type', 'name', 'scopes']);
/** API Gateway developer guide, "Quotas for configuring and running an HTTP API". */
const MAX_AUDIENCES = 50;
const MAX_SCOPES = 10;
const HEADER_SOURCE = /^\$request\.header\.([\w-]+)$/;

/**
 * @param raw the resolved `provider.httpApi.authorizers`.
 * @throws ServerlessFileError for authorizers other than JWT authorizers, and for one that would get no keys.
 */
export function readAuthorizers(raw: unknown, jwksOrigin: string | null): Authorizers {
  const entries = Object.entries(raw ?? {}).map(([key, value]) => {
    const subject = `provider.httpApi.authorizers.${key}`;
    const authorizer = readAuthorizer(value, subject);
    if (jwksOrigin === null) {
      throw new ServerlessFileError(
        `${subject}: needs the gateway's jwksOrigin, where its issuer's keys are`,
      );
    }
    return [key, authorizer] as const;
  });
  return new Map(entries);
}

function readAuthorizer(raw: unknown, subject: string): JwtAuthorizer {
  const refuse = (key: string, reason: string) => new ServerlessFileError(`${subject}.${key}: ${reason}`);
  const type = at(raw, ['type']) ?? 'jwt';
  if (type !== 'jwt') throw refuse('type', `${type} is not emulated, only jwt`);
  const foreign = Object.keys(raw ?? {}).find((key) => !AUTHORIZER_KEYS.has(key));
  if (foreign) throw refuse(foreign, 'not emulated');
  const header = HEADER_SOURCE.exec(String(at(raw, ['identitySource'])))?.[1];
  if (!header)
    throw refuse('identitySource', 'only one header is emulated, as $request.header.Authorization');
  const issuer = at(raw, ['issuerUrl']);
  if (typeof issuer !== 'string' || !issuer.startsWith('https://') || !URL.canParse(issuer)) {
    throw refuse('issuerUrl', 'must be an address that begins with https://');
  }
  const audience = [at(raw, ['audience']) ?? []].flat();
  if (audience.length === 0 || !audience.every(isFilledText)) {
    throw refuse('audience', 'must be at least one text');
  }
  if (audience.length > MAX_AUDIENCES) throw refuse('audience', `must be at most ${MAX_AUDIENCES}`);
  return { header: header.toLowerCase(), issuer, audience };
}

/**
 * @param raw the resolved `authorizer` of an httpApi event: a name, an object or nothing.
 * @param subject function and route, for the error message.
 * @throws ServerlessFileError for an authorizer that is not there and for options that are not emulated.
 */
export function readRouteAuthorizer(
  raw: unknown,
  authorizers: Authorizers,
  subject: string,
): RouteAuthorizer | null {
  // osls, too, takes an empty text for none.
  if (raw === undefined || raw === null || raw === '') return null;
  const options = typeof raw === 'string' ? { name: raw } : raw;
  const refuse = (key: string, reason: string) =>
    new ServerlessFileError(`${subject}, authorizer.${key}: ${reason}`);
  const foreign = Object.keys(options).find((key) => !ROUTE_AUTHORIZER_KEYS.has(key));
  if (foreign) throw refuse(foreign, 'not emulated');
  const type = at(options, ['type']) ?? 'jwt';
  if (type !== 'jwt') throw refuse('type', `${type} is not emulated, only jwt`);
  const name = at(options, ['name']);
  const authorizer = authorizers.get(String(name));
  if (!authorizer) throw refuse('name', `${name} is not in provider.httpApi.authorizers`);
  const scopes = at(options, ['scopes']) ?? [];
  if (!Array.isArray(scopes) || !scopes.every(isFilledText))
    throw refuse('scopes', 'must be a list of texts');
  if (scopes.length > MAX_SCOPES) throw refuse('scopes', `must be at most ${MAX_SCOPES}`);
  return { ...authorizer, scopes: scopes.length > 0 ? scopes : null };
}

function isFilledText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
