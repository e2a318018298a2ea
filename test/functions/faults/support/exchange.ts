import { connect } from 'node:net';

/** How an exchange with a server went, as it was on the wire. */
export interface Exchange {
  /** What was answered, head and body. */
  readonly answer: string;
  /** In how many pieces it came. */
  readonly pieces: number;
  /** Whether the connection was `ended` or `reset`, or was still `open` after a silence. */
  readonly end: 'ended' | 'reset' | 'open';
}

/** Longer than any answer takes that comes at all, a cold start on a busy machine included. */
export const PATIENT_MS = 10_000;

/**
 * Sends one request on a connection of its own, which an honest server ends.
 *
 * @throws Error when there is no connection.
 */
export function exchange(
  url: string,
  {
    method = 'GET',
    headers = {},
    body = '',
    silenceMs = PATIENT_MS,
  }: { method?: string; headers?: Record<string, string>; body?: string; silenceMs?: number },
): Promise<Exchange> {
  const { hostname, port, pathname, host } = new URL(url);
  const all = { host, connection: 'close', ...headers, 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const pieces: Buffer[] = [];
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const finish = (end: Exchange['end']) => {
      socket.destroy();
      resolve({ answer: Buffer.concat(pieces).toString(), pieces: pieces.length, end });
    };
    socket.setNoDelay(true).setTimeout(silenceMs, () => finish('open'));
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    socket.on('end', () => finish('ended'));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? finish('reset') : reject(error),
    );
    socket.write([`${method} ${pathname} HTTP/1.1`, ...lines, '', body].join('\r\n'));
  });
}

/** @returns the body of an answer; undefined when its head is not whole. */
export function bodyOf({ answer }: Exchange): string | undefined {
  const headEnd = answer.indexOf('\r\n\r\n');
  return headEnd < 0 ? undefined : answer.slice(headEnd + 4);
}
