import { effectiveRole, type RoomCaller, type Roster, whyMayNotActOn } from '../access/index.ts';
import type { ChatService } from '../chat/index.ts';
import { ProblemError } from '../errors/index.ts';
import { DEFAULT_PUBLIC_REASON, type PublicReason } from './public-reason.ts';

/** What disconnecting needs. */
export interface DisconnectUserDeps {
  readonly chat: Pick<ChatService, 'disconnectUser'>;
  readonly roster: Roster;
}

/** Somebody to be disconnected. */
export interface DisconnectUserInput {
  readonly roomId: string;
  /** The target. Need not be known, nor connected: the answer is the same. */
  readonly userId: string;
  readonly publicReason?: PublicReason | undefined;
}

/**
 * POST /rooms/{roomId}/users/{userId}/disconnect: closes every connection that somebody has in a room.
 *
 * The target's role is the stored grant; what their token would say is not known until they come for one.
 */
export const disconnectUser =
  ({ chat, roster }: DisconnectUserDeps) =>
  async (caller: RoomCaller, input: DisconnectUserInput, signal: AbortSignal) => {
    const { roomId, userId, publicReason: reason = DEFAULT_PUBLIC_REASON } = input;
    const targetRole = effectiveRole([], await roster.grantOf(roomId, userId));
    const refusal = whyMayNotActOn(caller.role, targetRole, userId === caller.userId);
    if (refusal) throw new ProblemError(refusal);
    await chat.disconnectUser({ roomId, userId, reason }, signal);
    return { userId, disconnect: 'done' as const };
  };
