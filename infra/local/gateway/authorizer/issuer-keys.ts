import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../../clock.ts';
import type { GatewayKnobs } from '../options.ts';

export interface IssuerKeysDependencies {
  /** Origin that serves the issuers' paths on this machine. Null: no route has an authorizer. */
  readonly jwksOrigin: string | null;
  readonly clock: Clock;
  readonly knobs: Pick<GatewayKnobs, 'jwksCacheMs' | 'jwksTimeoutMs'>;
}

/** An issuer's keys could not be had: no answer in time, not a 200, or no JSON Web Key Set. */
export class KeysUnreachable extends Error {
  override readonly name = 'KeysUnreachable';
}

interface KeySet {
  readonly fetchedAt: number;
  readonly ids: ReadonlySet<string | undefined>;
  readonly find: JWTVerifyGetKey;
}

/**
 * The public keys of issuers, kept as long as API Gateway may keep them; a key id that is not among them has them fetched anew.
 *
 * @returns what finds an issuer's key for a token's header. It throws KeysUnreachable, or JOSEError when there is no such key.
 */
export function createIssuerKeys(deps: IssuerKeysDependencies): (issuer: string) => JWTVerifyGetKey {
  const { clock, knobs } = deps;
  const kept = new Map<string, KeySet>();
  const fetchAnew = async (issuer: string) => {
    const fetched = await fetchKeySet(issuer, deps);
    kept.set(issuer, fetched);
    return fetched;
  };
  return (issuer) => async (header, token) => {
    // A set of one key would otherwise serve tokens without a key id.
    if (typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey();
    const known = kept.get(issuer);
    const fresh = known && clock.now() - known.fetchedAt < knobs.jwksCacheMs && known.ids.has(header.kid);
    const { find } = fresh ? known : await fetchAnew(issuer);
    return find(header, token);
  };
}

async function fetchKeySet(issuer: string, deps: IssuerKeysDependencies): Promise<KeySet> {
  const path = `${new URL(issuer).pathname.replace(/\/$/, '')}/.well-known/jwks.json`;
  try {
    const response = await fetch(deps.jwksOrigin + path, {
      redirect: 'error',
      signal: AbortSignal.timeout(deps.knobs.jwksTimeoutMs),
    });
    if (!response.ok) throw new Error(`${path} is answered with ${response.status}`);
    const keySet = (await response.json()) as JSONWebKeySet;
    const find = createLocalJWKSet(keySet);
    return { fetchedAt: deps.clock.now(), ids: new Set(keySet.keys.map(({ kid }) => kid)), find };
  } catch (cause) {
    throw new KeysUnreachable(`the keys of ${issuer} cannot be had`, { cause });
  }
}
