import http from 'node:http';
import https from 'node:https';

/** The same bounds as API Gateway's own authorizer has for a JWKS: 1500 ms, 150 kB. */
export const JWKS_TIMEOUT_MS = 1500;
export const JWKS_MAX_BYTES = 150_000;

/**
 * Reads the text behind a JWKS URI.
 *
 * @throws Error whatever is wrong: connection, time, size, UTF-8, a status other than 200 (so redirects too).
 */
export type FetchJwks = (jwksUri: string) => Promise<string>;

/** Fetches from where Cognito publishes the keys: HTTPS, certificate verified, redirects not followed. */
export const fetchJwksFromIssuer: FetchJwks = (jwksUri) => download(new URL(jwksUri), https.request);

/** Fetches from a loopback origin what the issuer would serve under the same path: for the local stack only. */
export function fetchJwksFromLoopback(origin: string): FetchJwks {
  return (jwksUri) => download(new URL(new URL(jwksUri).pathname, origin), http.request);
}

/** @param localOrigin where a local stack serves the keys; undefined for the issuer itself. */
export function fetchJwks(localOrigin: string | undefined): FetchJwks {
  return localOrigin === undefined ? fetchJwksFromIssuer : fetchJwksFromLoopback(localOrigin);
}

async function download(url: URL, request: typeof https.request): Promise<string> {
  // One signal from connecting to the last byte: a server that drips never looks idle.
  const signal = AbortSignal.timeout(JWKS_TIMEOUT_MS);
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request(url, { signal, headers: { accept: 'application/json' } }, resolve)
      .once('error', reject)
      .end();
  });
  try {
    if (response.statusCode !== 200)
      throw new Error(`the JWKS was answered with status ${response.statusCode}`);
    return await readText(response);
  } finally {
    response.destroy();
  }
}

async function readText(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > JWKS_MAX_BYTES) throw new Error(`the JWKS is larger than ${JWKS_MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  if (!response.complete) throw new Error('the JWKS is cut off');
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}
