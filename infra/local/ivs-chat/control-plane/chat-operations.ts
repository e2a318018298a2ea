import type { ChatTokens, MessagingHub, Room } from '../model.ts';
import type {
  CreateChatTokenInput,
  DeleteMessageInput,
  DisconnectUserInput,
  SendEventInput,
} from './inputs.ts';
import { SESSION_DEFAULT_MINUTES } from './limits.ts';
import { timestamp } from './room-output.ts';

/** CreateChatToken. Without capabilities a token may only view. */
export function createChatToken({ tokens }: { readonly tokens: Pick<ChatTokens, 'mint'> }) {
  return (input: CreateChatTokenInput, room: Room): object => {
    const minted = tokens.mint({
      roomArn: room.arn,
      userId: input.userId,
      capabilities: input.capabilities ?? [],
      attributes: input.attributes ?? {},
      sessionDurationInMinutes: input.sessionDurationInMinutes ?? SESSION_DEFAULT_MINUTES,
    });
    return {
      token: minted.token,
      tokenExpirationTime: timestamp(minted.tokenExpirationTime),
      sessionExpirationTime: timestamp(minted.sessionExpirationTime),
    };
  };
}

/** DeleteMessage: IVS keeps no messages, so an id that was never sent is told to the room as well. */
export function deleteMessage({ hub }: { readonly hub: Pick<MessagingHub, 'deleteMessage'> }) {
  return ({ id, reason }: DeleteMessageInput, room: Room): object => ({
    id: hub.deleteMessage(room.arn, { id, ...(reason !== undefined && { reason }) }),
  });
}

/** DisconnectUser: a user without a connection is no error. */
export function disconnectUser({ hub }: { readonly hub: Pick<MessagingHub, 'disconnectUser'> }) {
  return ({ userId, reason }: DisconnectUserInput, room: Room): undefined => {
    hub.disconnectUser(room.arn, { userId, ...(reason !== undefined && { reason }) });
  };
}

/** SendEvent. */
export function sendEvent({ hub }: { readonly hub: Pick<MessagingHub, 'sendEvent'> }) {
  return ({ eventName, attributes }: SendEventInput, room: Room): object => ({
    id: hub.sendEvent(room.arn, { eventName, ...(attributes && { attributes }) }),
  });
}
