import * as z from 'zod';
import { AVATAR_MAX_LENGTH, UNVERIFIED_NAME_MAX_LENGTH, upstreamSignal } from '../chat/index.ts';
import { type RoomRoute, type RouteTable, roomRoute } from '../http/index.ts';
import type { vendToken } from '../operations/index.ts';

/** The only things that a client says about itself. What a name or an avatar may be is decided in lib/chat. */
const profile = z.strictObject({
  displayName: z.string().min(1).max(UNVERIFIED_NAME_MAX_LENGTH).optional(),
  avatar: z.string().min(1).max(AVATAR_MAX_LENGTH).optional(),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'expected a colour such as #20c0a0')
    .optional(),
});

/** Routes of the `tokens` function. */
export function tokenRoutes(operations: { vendToken: ReturnType<typeof vendToken> }): RouteTable<RoomRoute> {
  return new Map([
    [
      'POST /rooms/{roomId}/tokens',
      roomRoute({
        minimumRole: 'viewer',
        parameters: {},
        body: profile,
        run: async ({ caller, path: { roomId = '' }, body, remainingMs }) => ({
          status: 201,
          body: await operations.vendToken(caller, { roomId, ...body }, upstreamSignal(remainingMs)),
        }),
      }),
    ],
  ]);
}
