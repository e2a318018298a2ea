import { createServer } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { listen } from '../../../infra/local/listen.ts';

/** Stands for a user pool whose private keys the test holds. */
export interface Issuer {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly jwksOrigin: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  /** What is published from now on. */
  publish(body: unknown, status?: number): void;
  /** Sends every other request on to a path; what is published is there from now on. */
  redirectTo(path: string): void;
  /** Answers nobody until what it returns is called. */
  hold(): () => void;
  close(): Promise<void>;
}

export interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export async function makeKey(kid: string, alg = 'RS256'): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export async function startIssuer(): Promise<Issuer> {
  const asked: string[] = [];
  let published = { body: '', status: 404 };
  let held: Promise<void> | undefined;
  let location: string | null = null;
  const server = createServer(async (request, response) => {
    asked.push(String(request.url));
    await held;
    if (location && request.url !== location) response.writeHead(302, { location }).end();
    else response.writeHead(published.status, { 'content-type': 'application/json' }).end(published.body);
  });
  const { origin, close } = await listen(server, 0);
  return {
    userPoolId: 'eu-west-1_Forged001',
    clientId: '4forged0client',
    jwksOrigin: origin,
    asked,
    publish(body, status = 200) {
      published = { body: JSON.stringify(body), status };
    },
    redirectTo(path) {
      location = path;
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    close,
  };
}

/**
 * Signs a token that is good but for the changes; undefined takes a claim or header member out.
 *
 * @param at milliseconds since the epoch.
 */
export function signToken(
  { userPoolId, clientId }: Issuer,
  { kid, alg, privateKey }: Pick<Key, 'kid' | 'alg'> & { readonly privateKey: CryptoKey | Uint8Array },
  at: number,
  changes: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const iat = Math.floor(at / 1000);
  const claims = {
    iss: `https://cognito-idp.eu-west-1.amazonaws.com/${userPoolId}`,
    sub: 'somebody',
    client_id: clientId,
    token_use: 'access',
    iat,
    exp: iat + 3600,
    ...changes,
  };
  const stated = Object.entries(claims).filter(([, value]) => value !== undefined);
  const token = new SignJWT(Object.fromEntries(stated)).setProtectedHeader({ alg, kid, ...header });
  return token.sign(privateKey, { crit: { x: true } });
}
