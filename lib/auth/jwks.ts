import { createPublicKey } from 'node:crypto';
import type { Jwk, JwkWithKid } from 'aws-jwt-verify/jwk';

/** The usable keys of a JWKS, by `kid`. */
export type KeySet = ReadonlyMap<string, JwkWithKid>;

/** Cognito's own keys have 2048; RFC 7518, section 3.3 asks for no less. */
const MIN_MODULUS_BITS = 2048;

/**
 * Reads a JWKS. Keys that cannot verify RS256 are left out; the first of two with one `kid` wins.
 *
 * @throws Error when it is no JWKS or holds no usable key: trusting nobody is then no better than keeping the old set.
 */
export function parseJwks(text: string): KeySet {
  const { keys } = (JSON.parse(text) ?? {}) as { keys?: unknown };
  if (!Array.isArray(keys)) throw new Error('the JWKS has no array of keys');
  const usable = new Map<string, JwkWithKid>();
  for (const jwk of keys as unknown[]) {
    if (isUsable(jwk) && !usable.has(jwk.kid)) usable.set(jwk.kid, withMaterialInKid(jwk));
  }
  if (usable.size === 0) throw new Error('the JWKS has no key that verifies RS256');
  return usable;
}

function isUsable(value: unknown): value is JwkWithKid & { n: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { kty, kid, n, e, use = 'sig', alg = 'RS256' } = value as Partial<Jwk>;
  if (kty !== 'RSA' || use !== 'sig' || alg !== 'RS256') return false;
  if (typeof kid !== 'string' || typeof n !== 'string' || typeof e !== 'string') return false;
  try {
    const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_MODULUS_BITS;
  } catch {
    return false;
  }
}

/** The verifier keeps key objects by `kid`: a `kid` that comes back with another key must not meet the old one. */
function withMaterialInKid(jwk: JwkWithKid & { n: string }): JwkWithKid {
  return { ...jwk, kid: `${jwk.kid} ${jwk.n}` };
}
