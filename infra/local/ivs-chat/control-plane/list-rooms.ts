import type { Room, Rooms } from '../model.ts';
import { invalidField } from './errors.ts';
import type { ListRoomsInput } from './inputs.ts';
import { ROOM_RESULTS_DEFAULT } from './limits.ts';
import type { Cursor, NextTokens } from './pagination.ts';
import { roomSummary } from './room-output.ts';

/**
 * ListRooms: newest update first; rooms updated in the same millisecond by ARN. An empty filter filters nothing.
 *
 * @throws ServiceError ValidationException for a `nextToken` that was not issued for these filters.
 */
export function listRooms({ rooms, nextTokens }: { readonly rooms: Rooms; readonly nextTokens: NextTokens }) {
  return (input: ListRoomsInput): object => {
    const filters = [input.name, input.messageReviewHandlerUri, input.loggingConfigurationIdentifier];
    const after = input.nextToken ? nextTokens.read(input.nextToken, filters) : null;
    if (after === undefined) throw invalidField('nextToken', 'the token is not valid for this request');
    const left = rooms
      .list()
      .filter((room) => matches(room, input))
      .sort(byUpdate)
      .filter((room) => after === null || byUpdate(after, room) < 0);
    const page = left.slice(0, input.maxResults ?? ROOM_RESULTS_DEFAULT);
    const last = page.at(-1);
    return {
      rooms: page.map(roomSummary),
      ...(last && page.length < left.length && { nextToken: nextTokens.issue(cursorAt(last), filters) }),
    };
  };
}

function matches(room: Room, input: ListRoomsInput): boolean {
  const { name, messageReviewHandlerUri, loggingConfigurationIdentifier } = input;
  if (name && room.name !== name) return false;
  if (messageReviewHandlerUri && room.messageReviewHandler?.uri !== messageReviewHandlerUri) return false;
  return (
    loggingConfigurationIdentifier === undefined ||
    room.loggingConfigurationIdentifiers.includes(loggingConfigurationIdentifier)
  );
}

function byUpdate(a: Cursor, b: Cursor): number {
  if (a.updateTime !== b.updateTime) return b.updateTime - a.updateTime;
  return a.arn < b.arn ? -1 : Number(a.arn > b.arn);
}

function cursorAt({ updateTime, arn }: Room): Cursor {
  return { updateTime, arn };
}
