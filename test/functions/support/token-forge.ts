import {
  createHmac,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  sign as signRaw,
  type webcrypto,
} from 'node:crypto';
import { createServer } from 'node:http';
import { type Listening, listen } from '../../../infra/local/listen.ts';

type Claims = Readonly<Record<string, unknown>>;

/** Makes tokens of every kind, good and bad, for one user pool whose keys this process holds. */
export interface TokenForge {
  /** Where the pool's keys are published: the functions' LOCAL_JWKS_ORIGIN. */
  readonly jwksOrigin: string;
  readonly kid: string;
  readonly key: KeyObject;
  readonly publicPem: string;
  readonly publicJwk: webcrypto.JsonWebKey;
  /** Claims of a good access token now. */
  claims(changes?: Claims): Claims;
  /** A token signed with the pool's key; header and payload may be given as raw JSON text. */
  sign(payload: Claims | string, header?: Claims | string): string;
  close(): Promise<void>;
}

export const base64url = (value: string | Buffer): string => Buffer.from(value).toString('base64url');

/** JSON text of a header or payload; text is taken as it is, so that it need not be what JSON.stringify writes. */
export const encode = (part: Claims | string): string =>
  base64url(typeof part === 'string' ? part : JSON.stringify(part));

/** RS256 over header and payload. */
export function signRs256(key: KeyObject, header: Claims | string, payload: Claims | string): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${createSign('RSA-SHA256').update(input).sign(key, 'base64url')}`;
}

/** HS256 with any bytes as the secret: the classic confusion uses the public key. */
export function signHs256(secret: string | Buffer, header: Claims, payload: Claims): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

export { signRaw };

/** Publishes a fresh key and signs with it. */
export async function openForge(pool: { region: string; userPoolId: string; clientId: string; sub: string }) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = 'forge-key-1';
  const publicJwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' };
  const listening: Listening = await listen(
    createServer((_request, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ keys: [publicJwk] }));
    }),
    0,
  );
  const forge: TokenForge = {
    jwksOrigin: listening.origin,
    kid,
    key: privateKey,
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    publicJwk,
    claims(changes = {}) {
      const now = Math.floor(Date.now() / 1000);
      return {
        sub: pool.sub,
        iss: `https://cognito-idp.${pool.region}.amazonaws.com/${pool.userPoolId}`,
        client_id: pool.clientId,
        token_use: 'access',
        scope: 'aws.cognito.signin.user.admin',
        auth_time: now,
        iat: now,
        exp: now + 900,
        jti: '0d2b8f0e-5c1f-4d3c-9a56-7c1f4b8c2a11',
        username: 'vi',
        ...changes,
      };
    },
    sign: (payload, header = { alg: 'RS256', kid }) => signRs256(privateKey, header, payload),
    close: listening.close,
  };
  return forge;
}
