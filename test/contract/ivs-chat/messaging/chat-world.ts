import { ChatRoom, type ChatRoom as SdkRoom } from 'amazon-ivs-chat-messaging';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../../infra/local/clock.ts';
import { createFaultBoard, type FaultBoard } from '../../../../infra/local/faults/board.ts';
import { createChatTokens } from '../../../../infra/local/ivs-chat/chat-tokens.ts';
import {
  DEFAULT_MESSAGING_KNOBS,
  type Messaging,
  type MessagingKnobs,
  startMessaging,
} from '../../../../infra/local/ivs-chat/messaging/index.ts';
import type {
  ChatGrant,
  ChatToken,
  ChatTokens,
  Room,
  Rooms,
} from '../../../../infra/local/ivs-chat/model.ts';
import { createRooms } from '../../../../infra/local/ivs-chat/rooms.ts';
import { openClient, type RawClient } from './raw-client.ts';

export const ROOM_ARN = 'arn:aws:ivschat:eu-west-1:123456789012:room/abcDEF123456';

export interface WorldOptions {
  readonly knobs?: Partial<MessagingKnobs>;
  readonly room?: Partial<Room>;
  readonly lambdaEndpoint?: string | null;
  readonly rooms?: Rooms;
}

/** A running stand-in with one room. Its clock stands still until it is advanced. */
export interface World {
  readonly messaging: Messaging;
  readonly clock: Clock;
  readonly rooms: Rooms;
  readonly room: Room;
  readonly tokens: ChatTokens;
  readonly faults: FaultBoard;
  readonly lines: string[];
  mint(userId: string, grant?: Partial<ChatGrant>): ChatToken;
  connect(userId: string, grant?: Partial<ChatGrant>): Promise<RawClient>;
  /** Connects with the client SDK. */
  sdk(userId: string, grant?: Partial<ChatGrant>): Promise<SdkRoom>;
}

/** A clock that moves only when it is advanced. */
export function createStillClock(start = Date.parse('2026-01-02T03:04:05.678Z')): Clock {
  let now = start;
  const listeners = new Set<() => void>();
  return {
    offset: new SharedArrayBuffer(8),
    now: () => now,
    advance(ms) {
      now += ms;
      for (const listener of [...listeners]) listener();
    },
    onAdvance(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Starts the messaging side; it ends with the test. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const clock = createStillClock();
  const rooms = options.rooms ?? createRooms(null);
  const room = aRoom(options.room);
  rooms.put(room);
  const tokens = createChatTokens({ clock });
  const faults = createFaultBoard();
  const lines: string[] = [];
  const messaging = await startMessaging({
    port: 0,
    clock,
    faults,
    rooms,
    tokens,
    log: (line) => lines.push(line),
    lambdaEndpoint: () => options.lambdaEndpoint ?? null,
    knobs: { ...DEFAULT_MESSAGING_KNOBS, ...options.knobs },
  });
  onTestFinished(() => messaging.close());
  const mint = (userId: string, grant: Partial<ChatGrant> = {}) =>
    tokens.mint({ ...aGrant(userId), ...grant });
  const connect = (userId: string, grant: Partial<ChatGrant> = {}) =>
    openClient(messaging.messagingUrl, mint(userId, grant).token);
  const sdk = (userId: string, grant: Partial<ChatGrant> = {}) =>
    openSdk(messaging.messagingUrl, () => mint(userId, grant).token);
  return { messaging, clock, rooms, room, tokens, faults, lines, mint, connect, sdk };
}

export function aRoom(over: Partial<Room> = {}): Room {
  return {
    arn: ROOM_ARN,
    id: ROOM_ARN.slice(-12),
    name: 'lobby',
    createTime: 0,
    updateTime: 0,
    maximumMessageLength: 500,
    maximumMessageRatePerSecond: 10,
    loggingConfigurationIdentifiers: [],
    tags: {},
    ...over,
  };
}

/** A moderator's grant. */
export function aGrant(userId: string): ChatGrant {
  return {
    roomArn: ROOM_ARN,
    userId,
    capabilities: ['SEND_MESSAGE', 'DELETE_MESSAGE', 'DISCONNECT_USER'],
    attributes: {},
    sessionDurationInMinutes: 60,
  };
}

/** Connects with the client SDK. */
export async function openSdk(regionOrUrl: string, token: () => string): Promise<SdkRoom> {
  const room = new ChatRoom({ regionOrUrl, tokenProvider: async () => ({ token: token() }) });
  room.logLevel = 'error';
  room.logger = { debug() {}, info() {}, error() {} };
  onTestFinished(() => room.disconnect());
  const connected = new Promise<void>((resolve, reject) => {
    room.addListener('connect', resolve);
    room.addListener('disconnect', reject);
  });
  room.connect();
  await connected;
  return room;
}
