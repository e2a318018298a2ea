import type { RoomCaller } from '../access/index.ts';
import {
  attributesBytes,
  type ChatAttributes,
  type ChatService,
  EVENT_ATTRIBUTES_MAX_BYTES,
} from '../chat/index.ts';
import { ProblemError } from '../errors/index.ts';

/** `aws:` is IVS Chat's own, `roomkeeper:` ours: clients act on them, so no moderator may forge them. */
const RESERVED_NAME = /^(?:aws|roomkeeper):/i;
/** Characters that a client may drop, or that nobody sees: they must not hide a reserved name. */
const UNSEEN = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;

/** Tells repetitions of one event from two events; written last, so that no moderator chooses it. */
const OCCURRENCE_ATTRIBUTE = 'roomkeeper:occurrence';

/** What sending needs. */
export interface SendEventDeps {
  readonly chat: Pick<ChatService, 'sendEvent'>;
  /** @returns an id that no other event has, of up to 36 characters. */
  readonly newId: () => string;
}

/** An event for everybody in a room. */
export interface SendEventInput {
  readonly roomId: string;
  /** 1 to 100 characters. */
  readonly eventName: string;
  readonly attributes?: ChatAttributes | undefined;
}

/**
 * POST /rooms/{roomId}/events: sends an event to everybody in a room.
 *
 * When the connection to IVS Chat breaks, an attempt times out or IVS fails, the call is repeated and the room may see the event
 * twice: with the same `roomkeeper:occurrence` among its attributes, by which clients drop the second one.
 */
export const sendEvent =
  ({ chat, newId }: SendEventDeps) =>
  async (
    _caller: RoomCaller,
    { roomId, eventName, attributes = {} }: SendEventInput,
    signal: AbortSignal,
  ) => {
    const seenName = eventName.normalize('NFKC').replace(UNSEEN, '');
    if (RESERVED_NAME.test(seenName)) throw new ProblemError('reserved-event-name');
    if (attributesBytes(attributes) > EVENT_ATTRIBUTES_MAX_BYTES) {
      const detail = `expected no more than ${EVENT_ATTRIBUTES_MAX_BYTES} bytes in all`;
      throw new ProblemError('invalid-body', { errors: [{ pointer: '/attributes', detail }] });
    }
    const occurrence = { [OCCURRENCE_ATTRIBUTE]: newId() };
    return chat.sendEvent({ roomId, eventName, attributes: { ...attributes, ...occurrence } }, signal);
  };
