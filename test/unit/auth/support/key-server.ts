import { createServer, type RequestListener } from 'node:http';
import type { JWK } from 'jose';
import { afterEach, beforeEach } from 'vitest';
import { listen } from '../../../../infra/local/listen.ts';

/** A real HTTP server that publishes keys, or fails to. */
export interface KeyServer {
  readonly origin: string;
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[];
  publish(...keys: readonly unknown[]): void;
  answer(listener: RequestListener): void;
  close(): Promise<void>;
}

/** @returns a listener that answers with this JWKS. */
export function jwksOf(...keys: readonly unknown[]): RequestListener {
  return (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
}

export async function startKeyServer(...keys: readonly JWK[]): Promise<KeyServer> {
  const requests: string[] = [];
  let answer = jwksOf(...keys);
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  const { origin, close } = await listen(server, 0);
  return {
    origin,
    requests,
    publish: (...published) => {
      answer = jwksOf(...published);
    },
    answer: (listener) => {
      answer = listener;
    },
    close,
  };
}

/** A server per test. @returns a function that gives the current one. */
export function useKeyServer(...keys: readonly JWK[]): () => KeyServer {
  let current: KeyServer | undefined;
  beforeEach(async () => {
    current = await startKeyServer(...keys);
  });
  afterEach(async () => current?.close());
  return () => {
    if (!current) throw new Error('the key server is not running yet');
    return current;
  };
}
