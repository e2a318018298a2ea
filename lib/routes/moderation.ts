import * as z from 'zod';
import { EVENT_NAME_MAX_LENGTH, upstreamSignal } from '../chat/index.ts';
import { type RoomRoute, type RouteTable, roomRoute } from '../http/index.ts';
import {
  type deleteMessage,
  type disconnectUser,
  PUBLIC_REASONS,
  type sendEvent,
} from '../operations/index.ts';

/** Message ids of IVS Chat (API reference, DeleteMessage). */
const MESSAGE_ID = /^[a-zA-Z0-9]{12}$/;
/** User ids are Cognito's `sub`. */
const USER_ID = /^[\w-]{1,128}$/;

const why = z.strictObject({ publicReason: z.enum(PUBLIC_REASONS).optional() });

/** A lone surrogate has no UTF-8: IVS Chat would refuse what passed here. */
const text = z.string().refine((value) => value.isWellFormed(), 'expected well-formed Unicode');

const event = z.strictObject({
  eventName: text.min(1).max(EVENT_NAME_MAX_LENGTH),
  attributes: z.record(text.min(1), text).optional(),
});

/** The work behind the routes. */
export interface ModerationOperations {
  readonly deleteMessage: ReturnType<typeof deleteMessage>;
  readonly disconnectUser: ReturnType<typeof disconnectUser>;
  readonly sendEvent: ReturnType<typeof sendEvent>;
}

/** Routes of the `moderation` function. */
export function moderationRoutes(operations: ModerationOperations): RouteTable<RoomRoute> {
  const deletion = roomRoute({
    minimumRole: 'moderator',
    parameters: { messageId: MESSAGE_ID },
    body: why,
    run: async ({ caller, path: { roomId = '', messageId = '' }, body, remainingMs }) => ({
      status: 200,
      body: await operations.deleteMessage(
        caller,
        { roomId, messageId, ...body },
        upstreamSignal(remainingMs),
      ),
    }),
  });
  const disconnection = roomRoute({
    minimumRole: 'moderator',
    parameters: { userId: USER_ID },
    body: why,
    run: async ({ caller, path: { roomId = '', userId = '' }, body, remainingMs }) => ({
      status: 200,
      body: await operations.disconnectUser(caller, { roomId, userId, ...body }, upstreamSignal(remainingMs)),
    }),
  });
  const sending = roomRoute({
    minimumRole: 'moderator',
    parameters: {},
    body: event,
    run: async ({ caller, path: { roomId = '' }, body, remainingMs }) => ({
      status: 200,
      body: await operations.sendEvent(caller, { roomId, ...body }, upstreamSignal(remainingMs)),
    }),
  });
  return new Map([
    ['DELETE /rooms/{roomId}/messages/{messageId}', deletion],
    ['POST /rooms/{roomId}/users/{userId}/disconnect', disconnection],
    ['POST /rooms/{roomId}/events', sending],
  ]);
}
