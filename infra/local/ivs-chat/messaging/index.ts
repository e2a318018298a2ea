import { randomInt as cryptoRandomInt } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../clock.ts';
import type { FaultBoard } from '../../faults/board.ts';
import { listen } from '../../listen.ts';
import type { ChatTokens, MessagingHub, Rooms } from '../model.ts';
import { createReviewer, type ReviewCounters } from '../review/index.ts';
import { createHub } from './hub.ts';
import type { RandomInt } from './identifiers.ts';
import type { MessagingKnobs } from './knobs.ts';
import type { AccountAction } from './rates.ts';
import { createUpgrades } from './upgrades.ts';

export { DEFAULT_MESSAGING_KNOBS, type MessagingKnobs } from './knobs.ts';

/** What {@link startMessaging} needs. */
export interface MessagingOptions {
  /** TCP port on loopback; 0 takes any free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly faults: FaultBoard;
  readonly log: (line: string) => void;
  readonly rooms: Rooms;
  readonly tokens: ChatTokens;
  /** Origin of the Lambda Invoke API, asked for at each review; `null` while there is none. */
  readonly lambdaEndpoint: () => string | null;
  readonly knobs: MessagingKnobs;
  /** Where ids come from; the system's random source when absent. */
  readonly randomInt?: RandomInt;
}

/** The messaging side of the IVS Chat stand-in, started. */
export interface Messaging extends MessagingHub {
  /** `ws://127.0.0.1:<port>`, for `regionOrUrl` of the client SDK. */
  readonly messagingUrl: string;
  reviewCounters(): ReviewCounters;
  /**
   * Whether the account may make one more such request now. DeleteMessage and DisconnectUser share their quotas with the
   * WebSocket; the hub's methods count but do not refuse, so the HTTP side asks here first.
   */
  accountHasRoom(action: AccountAction): boolean;
  close(): Promise<void>;
}

/** Starts the Messaging API on loopback. @throws Error naming the port when it is taken. */
export async function startMessaging(options: MessagingOptions): Promise<Messaging> {
  const { clock, rooms, knobs, log, faults, tokens, randomInt = (max) => cryptoRandomInt(max) } = options;
  const reviewer = createReviewer({ lambdaEndpoint: options.lambdaEndpoint, log, knobs });
  const hub = createHub({ clock, rooms, reviewer, knobs, log, randomInt });
  const upgrades = createUpgrades({ hub, faults, rooms, tokens, knobs, log });
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => {
    response.writeHead(426, { upgrade: 'websocket', connection: 'close' }).end();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head) =>
    upgrades.handle(request, socket, head),
  );
  const listening = await listen(server, options.port);
  const { connections, deliveries, deleteMessage, disconnectUser, sendEvent, accountHasRoom } = hub;
  return {
    ...{ connections, deliveries, deleteMessage, disconnectUser, sendEvent, accountHasRoom },
    messagingUrl: listening.origin.replace('http:', 'ws:'),
    reviewCounters: reviewer.counters,
    async close() {
      const closed = listening.close();
      hub.close();
      reviewer.close();
      await upgrades.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
