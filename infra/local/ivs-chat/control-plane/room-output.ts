import type { Room } from '../model.ts';

/** A room as CreateRoom, GetRoom and UpdateRoom answer it. */
export function roomOutput(room: Room): object {
  return {
    ...roomSummary(room),
    maximumMessageRatePerSecond: room.maximumMessageRatePerSecond,
    maximumMessageLength: room.maximumMessageLength,
  };
}

/** A room as ListRooms answers it: without its message length and rate (model, RoomSummary). */
export function roomSummary(room: Room): object {
  return {
    arn: room.arn,
    id: room.id,
    name: room.name,
    createTime: timestamp(room.createTime),
    updateTime: timestamp(room.updateTime),
    ...(room.messageReviewHandler && { messageReviewHandler: room.messageReviewHandler }),
    tags: room.tags,
    ...(room.loggingConfigurationIdentifiers.length > 0 && {
      loggingConfigurationIdentifiers: room.loggingConfigurationIdentifiers,
    }),
  };
}

/** @param ms milliseconds since the epoch. @returns ISO 8601, which is how restJson1 writes this service's times. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString();
}
