import type { Clock } from '../../clock.ts';
import type { MessageReviewHandler, Room, Rooms } from '../model.ts';
import { roomQuotaExceeded } from './errors.ts';
import type { CreateRoomInput, RoomSettings } from './inputs.ts';
import type { ControlPlaneKnobs } from './knobs.ts';
import { MESSAGE_LENGTH_DEFAULT_CODE_POINTS, MESSAGE_RATE_DEFAULT_PER_SECOND } from './limits.ts';
import { roomOutput } from './room-output.ts';
import { type Account, checkReferences, reviewHandlerAfter } from './room-settings.ts';

/** What the operations on rooms need. */
export interface RoomOperationDeps {
  readonly account: Account;
  readonly rooms: Rooms;
  readonly clock: Pick<Clock, 'now'>;
  readonly knobs: ControlPlaneKnobs;
  /** 12 characters of [a-zA-Z0-9]. */
  readonly randomRoomId: () => string;
}

/** CreateRoom. @throws ServiceError for a reference that does not exist, or over the quota of rooms. */
export function createRoom(deps: RoomOperationDeps) {
  return (input: CreateRoomInput): object => {
    checkReferences(input, deps.account, deps.knobs);
    const { region, accountId } = deps.account;
    const { roomQuota } = deps.knobs;
    if (deps.rooms.list().length >= roomQuota) throw roomQuotaExceeded(accountId, roomQuota);
    const id = deps.randomRoomId();
    const now = deps.clock.now();
    const room: Room = {
      arn: `arn:aws:ivschat:${region}:${accountId}:room/${id}`,
      id,
      name: input.name ?? '',
      createTime: now,
      updateTime: now,
      maximumMessageLength: input.maximumMessageLength ?? MESSAGE_LENGTH_DEFAULT_CODE_POINTS,
      maximumMessageRatePerSecond: input.maximumMessageRatePerSecond ?? MESSAGE_RATE_DEFAULT_PER_SECOND,
      ...handlerMember(reviewHandlerAfter(input.messageReviewHandler, undefined, deps.knobs)),
      loggingConfigurationIdentifiers: input.loggingConfigurationIdentifiers ?? [],
      tags: input.tags ?? {},
    };
    deps.rooms.put(room);
    return roomOutput(room);
  };
}

/** GetRoom. */
export function getRoom() {
  return (_input: unknown, room: Room): object => roomOutput(room);
}

/** UpdateRoom: members that are left out stay as they are. @throws ServiceError as CreateRoom. */
export function updateRoom(deps: RoomOperationDeps) {
  return (input: RoomSettings, room: Room): object => {
    checkReferences(input, deps.account, deps.knobs);
    const { messageReviewHandler: before, ...rest } = room;
    const updated: Room = {
      ...rest,
      name: input.name ?? room.name,
      maximumMessageLength: input.maximumMessageLength ?? room.maximumMessageLength,
      maximumMessageRatePerSecond: input.maximumMessageRatePerSecond ?? room.maximumMessageRatePerSecond,
      ...handlerMember(reviewHandlerAfter(input.messageReviewHandler, before, deps.knobs)),
      loggingConfigurationIdentifiers:
        input.loggingConfigurationIdentifiers ?? room.loggingConfigurationIdentifiers,
      updateTime: deps.clock.now(),
    };
    deps.rooms.put(updated);
    return roomOutput(updated);
  };
}

/** DeleteRoom. Connected clients stay connected (IVS Chat User Guide, Troubleshooting). */
export function deleteRoom({ rooms }: Pick<RoomOperationDeps, 'rooms'>) {
  return (_input: unknown, room: Room): undefined => {
    rooms.delete(room.arn);
  };
}

function handlerMember(messageReviewHandler: MessageReviewHandler | undefined) {
  return messageReviewHandler && { messageReviewHandler };
}
