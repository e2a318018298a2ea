import type { WebSocket } from 'ws';
import type { Clock } from '../../clock.ts';
import type { ChatSession, MessagingHub, Rooms } from '../model.ts';
import type { Reviewer } from '../review/index.ts';
import { expelUser, publishEvent } from './actions.ts';
import { type Audience, createAudience } from './audience.ts';
import { type ChatConnection, createConnection, describeConnection } from './connection.ts';
import { atTime } from './deadline.ts';
import { createDeliveryLog } from './deliveries.ts';
import { deleteMessageEvent, type Frame } from './frames.ts';
import { createIds, createSendTimes, type RandomInt } from './identifiers.ts';
import type { MessagingKnobs } from './knobs.ts';
import { createKnownMessages } from './known-messages.ts';
import { GOING_AWAY } from './limits.ts';
import { type AccountAction, createRates } from './rates.ts';
import { createFrameServer, endSession, type FrameServer } from './serve.ts';
import { createTurns } from './turns.ts';

/** What {@link createHub} needs. */
export interface HubDependencies {
  readonly clock: Clock;
  readonly rooms: Pick<Rooms, 'get'>;
  readonly reviewer: Reviewer;
  readonly knobs: MessagingKnobs;
  readonly log: (line: string) => void;
  readonly randomInt: RandomInt;
}

/** Everything that happens on open connections. */
export interface Hub extends MessagingHub {
  readonly newId: () => string;
  /** Whether the account may make one more such request now; for the HTTP side, which shares these quotas. */
  accountHasRoom(action: AccountAction): boolean;
  /** Serves a WebSocket whose token has been redeemed. */
  serve(socket: WebSocket, session: ChatSession, ip: string): void;
  /** Answers what waits with ERROR 500 and closes every connection with 1001. */
  close(): void;
}

/** Creates a hub without connections. */
export function createHub({ clock, rooms, reviewer, knobs, log, randomInt }: HubDependencies): Hub {
  const newId = createIds(randomInt);
  const audience = createAudience(knobs.requestIdSeenBy);
  const deliveries = createDeliveryLog();
  const rates = createRates(knobs, clock);
  const room = { audience, newSendTime: createSendTimes(clock, randomInt), knobs };
  const inTurn = createTurns(knobs.messageOrder);
  const knownMessages = createKnownMessages();
  const serveFrame = createFrameServer({
    ...{ ...room, knownMessages, inTurn, rates },
    ...{ clock, rooms, reviewer, log },
  });
  const record = ({ id, session: { userId, roomArn } }: ChatConnection, frame: Frame) =>
    deliveries.add({ connectionId: id, userId, roomArn, at: clock.now(), frame });
  const { errorTexts } = knobs;
  const stopPinging = pingRegularly(audience.all, knobs.pingIntervalMs);
  return {
    newId,
    accountHasRoom: rates.accountHasRoom,
    connections: () => audience.all().map(describeConnection),
    deliveries: deliveries.list,
    serve(socket, session, ip) {
      const about = { id: newId(), session, ip, connectedAt: clock.now() };
      const connection = createConnection(socket, about, { newId, errorTexts, record });
      attend(socket, connection, { audience, clock, knobs, serveFrame });
    },
    ...createHttpSide({ ...room, newId, countHttp: rates.countHttp }),
    close() {
      stopPinging();
      for (const connection of audience.all()) connection.end(GOING_AWAY, 'internal');
    },
  };
}

interface Attendance {
  readonly audience: Audience;
  readonly clock: Clock;
  readonly knobs: MessagingKnobs;
  readonly serveFrame: FrameServer;
}

/** Looks after a connection from its first frame to its end. */
function attend(
  socket: WebSocket,
  connection: ChatConnection,
  { audience, clock, knobs, serveFrame }: Attendance,
): void {
  audience.add(connection);
  const { sessionExpirationTime } = connection.session;
  const cancel = atTime(clock, sessionExpirationTime, () => endSession(connection, knobs));
  socket.on('message', (data, isBinary) => {
    // Until the client answers the close frame its frames still arrive; a connection that was ended does nothing more.
    if (!connection.endedBy()) void serveFrame(connection, data as Buffer, isBinary);
  });
  socket.on('close', () => {
    connection.left();
    audience.remove(connection);
    cancel();
  });
}

type HttpSideDependencies = Parameters<typeof expelUser>[0] & {
  readonly newId: () => string;
  readonly countHttp: (action: AccountAction) => void;
};

/** What the control plane's operations do to open connections. Their frames have no RequestId. */
function createHttpSide(
  deps: HttpSideDependencies,
): Pick<MessagingHub, 'deleteMessage' | 'disconnectUser' | 'sendEvent'> {
  const { newId, countHttp } = deps;
  return {
    deleteMessage(roomArn, input) {
      countHttp('DELETE_MESSAGE');
      const id = newId();
      publishEvent(deps, roomArn, { id, ...deleteMessageEvent(input.id, input.reason) });
      return id;
    },
    disconnectUser(roomArn, { userId, reason }) {
      countHttp('DISCONNECT_USER');
      expelUser(deps, roomArn, { userId, reason, id: newId() });
    },
    sendEvent(roomArn, { eventName, attributes = null }) {
      const id = newId();
      publishEvent(deps, roomArn, { id, eventName, attributes });
      return id;
    },
  };
}

function pingRegularly(all: () => readonly ChatConnection[], intervalMs: number | null): () => void {
  if (intervalMs === null) return () => {};
  const timer = setInterval(() => {
    for (const connection of all()) connection.ping();
  }, intervalMs).unref();
  return () => clearInterval(timer);
}
