import type { ChatTokens, MessagingHub, Room } from '../model.ts';
import { createChatToken, deleteMessage, disconnectUser, sendEvent } from './chat-operations.ts';
import { listRooms } from './list-rooms.ts';
import type { OperationName } from './operations.ts';
import type { NextTokens } from './pagination.ts';
import { createRoom, deleteRoom, getRoom, type RoomOperationDeps, updateRoom } from './room-operations.ts';

/** What the operations work on. */
export interface HandlerDeps extends RoomOperationDeps {
  readonly tokens: Pick<ChatTokens, 'mint'>;
  readonly hub: MessagingHub;
  readonly nextTokens: NextTokens;
}

/**
 * An operation. `room` is undefined where the operation names none.
 *
 * @returns the body of the answer; undefined for none.
 */
export type Handler = (input: never, room: Room) => object | undefined;

/** Every operation by name. The input has met the constraints of that name. */
export function createHandlers(deps: HandlerDeps): Readonly<Record<OperationName, Handler>> {
  return {
    CreateRoom: createRoom(deps),
    GetRoom: getRoom(),
    ListRooms: listRooms(deps),
    UpdateRoom: updateRoom(deps),
    DeleteRoom: deleteRoom(deps),
    CreateChatToken: createChatToken(deps),
    DeleteMessage: deleteMessage(deps),
    DisconnectUser: disconnectUser(deps),
    SendEvent: sendEvent(deps),
  };
}
