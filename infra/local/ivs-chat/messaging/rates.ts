import type { Clock } from '../../clock.ts';
import type { Capability } from '../model.ts';
import type { ChatConnection } from './connection.ts';
import type { MessagingKnobs } from './knobs.ts';
import { CONNECTION_REQUESTS_PER_SECOND } from './limits.ts';
import { createThrottle, type Throttle } from './throttle.ts';

/** The rates of connections, rooms and the account. */
export interface Rates {
  /**
   * Counts a request against its connection, then its room (SEND_MESSAGE only), then the account. What was counted
   * before a refusal stays counted.
   *
   * @param roomLimit the room's `maximumMessageRatePerSecond`.
   */
  admit(connection: ChatConnection, action: Capability, roomLimit: number): boolean;
  /** Counts a request that came over HTTP against the account. */
  countHttp(action: AccountAction): void;
  /** Whether the account may make one more such request now. */
  accountHasRoom(action: AccountAction): boolean;
}

/** What HTTP and the WebSocket count together. */
export type AccountAction = 'DELETE_MESSAGE' | 'DISCONNECT_USER';

/** Creates the rates, judged by `clock`. */
export function createRates(knobs: MessagingKnobs, clock: Pick<Clock, 'now'>): Rates {
  const newThrottle = () => createThrottle(knobs.throttle, clock);
  const connections = new WeakMap<ChatConnection, Throttle>();
  const rooms = new Map<string, Throttle>();
  const account: Readonly<Record<Capability, { readonly throttle: Throttle; readonly limit: number }>> = {
    SEND_MESSAGE: { throttle: newThrottle(), limit: knobs.sendMessagesPerSecond },
    DELETE_MESSAGE: { throttle: newThrottle(), limit: knobs.deleteMessagesPerSecond },
    DISCONNECT_USER: { throttle: newThrottle(), limit: knobs.disconnectUsersPerSecond },
  };
  const takeAccount = (action: Capability) => account[action].throttle.take(account[action].limit);
  const takeRoom = (arn: string, limit: number) => getOrCreate(rooms, arn, newThrottle).take(limit);
  return {
    admit: (connection, action, roomLimit) =>
      getOrCreate(connections, connection, newThrottle).take(CONNECTION_REQUESTS_PER_SECOND) &&
      (action !== 'SEND_MESSAGE' || takeRoom(connection.session.roomArn, roomLimit)) &&
      takeAccount(action),
    countHttp: (action) => void takeAccount(action),
    accountHasRoom: (action) => account[action].throttle.hasRoom(account[action].limit),
  };
}

function getOrCreate<Key, Value>(
  map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  create: () => Value,
): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}
