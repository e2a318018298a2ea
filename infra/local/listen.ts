import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Every stand-in listens on loopback only: none of them is meant to be reached from another machine. */
export const LOOPBACK = '127.0.0.1';

/** A listening server. */
export interface Listening {
  readonly port: number;
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly origin: string;
  /** Stops listening and ends every open connection at once. */
  close(): Promise<void>;
}

/**
 * Starts listening on loopback.
 *
 * @param port a TCP port; 0 takes any free one.
 * @throws Error naming the port when it is taken.
 */
export async function listen(server: Server, port: number): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    const refuse = (cause: NodeJS.ErrnoException) =>
      reject(new Error(`cannot listen on ${LOOPBACK}:${port}: ${cause.code ?? cause.message}`, { cause }));
    server.once('error', refuse);
    server.listen(port, LOOPBACK, () => {
      server.off('error', refuse);
      resolve();
    });
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    port: taken,
    origin: `http://${LOOPBACK}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
