import type { webcrypto } from 'node:crypto';
import { type CryptoKey, createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../../clock.ts';
import type { GatewayKnobs } from '../options.ts';

export interface IssuerKeysDependencies {
  /** Origin that serves the issuers' paths on this machine. Null: no route has an authorizer. */
  readonly jwksOrigin: string | null;
  readonly clock: Clock;
  readonly knobs: Pick<GatewayKnobs, 'jwksCacheMs' | 'jwksTimeoutMs' | 'jwksLimitBytes'>;
}

/** An issuer's keys could not be had: no answer in time, not a 200, too large, or no JSON Web Key Set. */
export class KeysUnreachable extends Error {
  override readonly name = 'KeysUnreachable';
}

/** The issuer has a key for the token that nothing can be verified with: malformed or too short. */
export class KeyUnusable extends Error {
  override readonly name = 'KeyUnusable';
}

interface KeySet {
  readonly fetchedAt: number;
  readonly ids: ReadonlySet<string | undefined>;
  readonly find: ReturnType<typeof createLocalJWKSet>;
}

/** RFC 7518, 3.3: for RS256 and its like a key of this size or larger must be used. */
const MIN_MODULUS_BITS = 2048;

/**
 * The public keys of issuers, kept as long as API Gateway may keep them; a key id that is not among them has them fetched anew.
 *
 * Requests that need an issuer's keys while these are being fetched wait for the same answer.
 *
 * @returns what finds an issuer's key for a token's header. It throws KeysUnreachable, KeyUnusable, or JOSEError when there is
 *   no such key.
 */
export function createIssuerKeys(deps: IssuerKeysDependencies): (issuer: string) => JWTVerifyGetKey {
  const { clock, knobs } = deps;
  const kept = new Map<string, KeySet>();
  const underWay = new Map<string, Promise<KeySet>>();
  const fetchAnew = async (issuer: string) => {
    try {
      const fetched = await fetchKeySet(issuer, deps);
      kept.set(issuer, fetched);
      return fetched;
    } finally {
      underWay.delete(issuer);
    }
  };
  const fetchShared = (issuer: string) => {
    const fetching = underWay.get(issuer) ?? fetchAnew(issuer);
    underWay.set(issuer, fetching);
    return fetching;
  };
  return (issuer) => async (header, token) => {
    // A set of one key would otherwise serve tokens without a key id.
    if (typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey();
    const known = kept.get(issuer);
    const fresh = known && clock.now() - known.fetchedAt < knobs.jwksCacheMs && known.ids.has(header.kid);
    const { find } = fresh ? known : await fetchShared(issuer);
    return usable(() => find(header, token));
  };
}

/** What jose and Web Crypto throw for such keys is a plain TypeError or DataError. */
async function usable(find: () => Promise<CryptoKey>): Promise<CryptoKey> {
  const key = await find().catch((cause: unknown) => {
    throw cause instanceof errors.JOSEError ? cause : new KeyUnusable('the key is malformed', { cause });
  });
  const { modulusLength } = key.algorithm as webcrypto.RsaHashedKeyAlgorithm;
  if (modulusLength < MIN_MODULUS_BITS) throw new KeyUnusable(`the key has ${modulusLength} bits`);
  return key;
}

async function fetchKeySet(issuer: string, deps: IssuerKeysDependencies): Promise<KeySet> {
  const path = `${new URL(issuer).pathname.replace(/\/$/, '')}/.well-known/jwks.json`;
  try {
    const response = await fetch(deps.jwksOrigin + path, {
      redirect: 'error',
      signal: AbortSignal.timeout(deps.knobs.jwksTimeoutMs),
    });
    if (!response.ok) throw new Error(`${path} is answered with ${response.status}`);
    const keySet = JSON.parse(await readLimited(response, deps.knobs.jwksLimitBytes)) as JSONWebKeySet;
    const find = createLocalJWKSet(keySet);
    return { fetchedAt: deps.clock.now(), ids: new Set(keySet.keys.map(({ kid }) => kid)), find };
  } catch (cause) {
    throw new KeysUnreachable(`the keys of ${issuer} cannot be had`, { cause });
  }
}

async function readLimited({ body }: Response, limitBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > limitBytes) throw new Error(`the key set is larger than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
