import type { ChatConnection, PendingRequest } from './connection.ts';
import { type RoomFrame, withRequestId } from './frames.ts';
import type { MessagingKnobs } from './knobs.ts';

/** Who asked for a message or an event over a connection. */
export interface Origin {
  readonly connection: ChatConnection;
  readonly request: PendingRequest;
}

/** The open connections, by room. */
export interface Audience {
  add(connection: ChatConnection): void;
  remove(connection: ChatConnection): void;
  all(): readonly ChatConnection[];
  /** The connections of a user in a room; one person may hold several. */
  of(roomArn: string, userId: string): readonly ChatConnection[];
  /**
   * Sends a frame to a room, its origin included, whose request it answers.
   *
   * @param options.exceptUserId a user who is passed over, unless it is the origin.
   */
  broadcast(
    roomArn: string,
    frame: RoomFrame,
    options?: { readonly origin?: Origin; readonly exceptUserId?: string },
  ): void;
}

/** Creates an empty audience. */
export function createAudience(requestIdSeenBy: MessagingKnobs['requestIdSeenBy']): Audience {
  const rooms = new Map<string, Set<ChatConnection>>();
  const inRoom = (arn: string) => [...(rooms.get(arn) ?? [])].filter((connection) => !connection.endedBy());
  return {
    add(connection) {
      const { roomArn } = connection.session;
      const room = rooms.get(roomArn);
      if (room) room.add(connection);
      else rooms.set(roomArn, new Set([connection]));
    },
    remove(connection) {
      const { roomArn } = connection.session;
      const room = rooms.get(roomArn);
      room?.delete(connection);
      if (room?.size === 0) rooms.delete(roomArn);
    },
    all: () => [...rooms.keys()].flatMap(inRoom),
    of: (arn, userId) => inRoom(arn).filter(({ session }) => session.userId === userId),
    broadcast(roomArn, frame, { origin, exceptUserId } = {}) {
      const requestId = origin?.request.requestId ?? '';
      const forSender = encode(frame, requestId);
      const forOthers = requestIdSeenBy === 'everyone' ? forSender : encode(frame, '');
      for (const connection of inRoom(roomArn)) {
        const isOrigin = connection === origin?.connection;
        if (!isOrigin && connection.session.userId === exceptUserId) continue;
        const copy = isOrigin ? forSender : forOthers;
        connection.deliver(copy.frame, copy.text);
      }
      origin?.request.settle();
    },
  };
}

function encode(room: RoomFrame, requestId: string) {
  const frame = withRequestId(room, requestId);
  return { frame, text: JSON.stringify(frame) };
}
