import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { PrivateFile } from './private-file.ts';
import type { Randomness } from './randomness.ts';

/** Cognito signs access and id tokens with different keys (developer guide, "Understanding the access token"). */
export type TokenUse = 'access' | 'id';
const TOKEN_USES: readonly TokenUse[] = ['access', 'id'];

/** Bytes behind a `kid`: Cognito's are 44 characters of base64. */
const KEY_ID_BYTES = 32;

/** Private keys as they are kept, newest first; at most two per use. */
type KeyRing = Readonly<Record<TokenUse, readonly JWK[]>>;
export type KeyFile = PrivateFile<KeyRing>;

export interface SigningKeys {
  /** The key that signs tokens of this use now. */
  current(use: TokenUse): Promise<{ kid: string; key: CryptoKey }>;
  /** Public keys that verify: the ones that sign, and their predecessors. Frozen for the caller. */
  jwks(): { readonly keys: readonly JWK[] };
  /** Makes new keys sign. The old ones stay published until the next rotation. */
  rotate(): Promise<void>;
}

/** Loads the pool's keys, or makes them when there are none yet. */
export async function openSigningKeys(file: KeyFile, random: Randomness): Promise<SigningKeys> {
  let ring = file.read() ?? { access: [await makeKey(random)], id: [await makeKey(random)] };
  file.write(ring);
  return {
    async current(use) {
      const jwk = ring[use][0];
      if (!jwk?.kid) throw new Error(`the key file holds no ${use} key`);
      return { kid: jwk.kid, key: (await importJWK(jwk, 'RS256')) as CryptoKey };
    },
    jwks: () => ({ keys: TOKEN_USES.flatMap((use) => ring[use].map(publicPart)) }),
    async rotate() {
      const [access, id] = await Promise.all([makeKey(random), makeKey(random)]);
      ring = { access: [access, ...ring.access.slice(0, 1)], id: [id, ...ring.id.slice(0, 1)] };
      file.write(ring);
    },
  };
}

async function makeKey(random: Randomness): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  return { ...(await exportJWK(privateKey)), kid: random.bytes(KEY_ID_BYTES).toString('base64') };
}

/** The members that Cognito publishes, and none of the private ones. */
function publicPart({ kid, n, e }: JWK): JWK {
  return { alg: 'RS256', e: String(e), kid: String(kid), kty: 'RSA', n: String(n), use: 'sig' };
}
