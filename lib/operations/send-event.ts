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

/** What sending needs. */
export interface SendEventDeps {
  readonly chat: Pick<ChatService, 'sendEvent'>;
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
 * twice.
 */
export const sendEvent =
  ({ chat }: SendEventDeps) =>
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
    return chat.sendEvent({ roomId, eventName, attributes }, signal);
  };
