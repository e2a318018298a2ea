import type { RoomCaller } from '../access/index.ts';
import type { ChatService } from '../chat/index.ts';
import { DEFAULT_PUBLIC_REASON, type PublicReason } from './public-reason.ts';

/** What deleting needs. */
export interface DeleteMessageDeps {
  readonly chat: Pick<ChatService, 'deleteMessage'>;
}

/** A message to be deleted. */
export interface DeleteMessageInput {
  readonly roomId: string;
  readonly messageId: string;
  readonly publicReason?: PublicReason | undefined;
}

/** DELETE /rooms/{roomId}/messages/{messageId}: tells every client in the room to drop a message. */
export const deleteMessage =
  ({ chat }: DeleteMessageDeps) =>
  async (_caller: RoomCaller, input: DeleteMessageInput, signal: AbortSignal) => {
    const { roomId, messageId, publicReason: reason = DEFAULT_PUBLIC_REASON } = input;
    const { eventId } = await chat.deleteMessage({ roomId, messageId, reason }, signal);
    return { messageId, eventId };
  };
