import { mkdir } from 'node:fs/promises';
import dynalite from 'dynalite';
import type { Clock } from '../clock.ts';
import type { FaultBoard } from '../faults/board.ts';
import { listen } from '../listen.ts';
import { guardListener } from './listener.ts';

export { createTable } from './table.ts';

export interface DynamoDbOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Not used: dynalite deletes nothing by itself, and item expiry is the caller's to judge. */
  readonly clock?: Clock;
  readonly faults: FaultBoard;
  /** LevelDB folder that keeps tables and items over restarts; null keeps them in memory. */
  readonly dataDir: string | null;
  /** One line for every request that is refused or fails. */
  readonly log: (line: string) => void;
}

/** A running DynamoDB (dynalite) on loopback. */
export interface DynamoDb {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** How long `close` waits for requests in hand; they take single milliseconds. */
const DRAIN_MS = 200;

/**
 * Starts the local DynamoDB. What it does and does not is in PARITY.md.
 *
 * @throws Error when the port is taken.
 */
export async function startDynamoDb({ port, faults, dataDir, log }: DynamoDbOptions): Promise<DynamoDb> {
  if (dataDir) await mkdir(dataDir, { recursive: true });
  const server = dynalite({
    ...(dataDir ? { path: dataDir } : {}),
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
  });
  const [handle] = server.listeners('request');
  if (!handle) throw new Error('dynalite made a server without a request listener');
  const { listener, drain } = guardListener(handle as Parameters<typeof guardListener>[0], log);
  // Its own server, with our listener in place of its own: the store is closed by this server's `close`, and by nothing else.
  server.removeAllListeners('request');
  server.on('request', faults.guard('dynamodb', listener));
  const { origin, close } = await listen(server, port);
  return {
    endpoint: origin,
    async close() {
      await drain(DRAIN_MS);
      await close();
    },
  };
}
