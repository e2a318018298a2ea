import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Room, Rooms } from './model.ts';

const FILE_NAME = 'rooms.json';

/**
 * The rooms of the account.
 *
 * @param dataDir folder that keeps them over restarts, made when absent; null keeps them in memory only.
 * @throws Error naming the file when what it holds is not a list of rooms.
 */
export function createRooms(dataDir: string | null): Rooms {
  const file = dataDir === null ? null : join(dataDir, FILE_NAME);
  const rooms = new Map((file ? load(file) : []).map((room) => [room.arn, room]));
  const save = () => {
    if (file && dataDir) store(dataDir, file, [...rooms.values()]);
  };
  return {
    get: (arn) => rooms.get(arn),
    list: () => [...rooms.values()],
    put(room) {
      rooms.set(room.arn, room);
      save();
    },
    delete(arn) {
      const existed = rooms.delete(arn);
      if (existed) save();
      return existed;
    },
  };
}

function load(file: string): readonly Room[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cause;
  }
  try {
    const rooms: unknown = JSON.parse(text);
    if (Array.isArray(rooms)) return rooms as Room[];
  } catch (cause) {
    throw new Error(`${file} is not JSON`, { cause });
  }
  throw new Error(`${file} is not a list of rooms`);
}

function store(dataDir: string, file: string, rooms: readonly Room[]): void {
  mkdirSync(dataDir, { recursive: true });
  const next = `${file}.next`;
  // Written beside and renamed, so that a kill in the middle leaves the old rooms whole.
  writeFileSync(next, JSON.stringify(rooms, null, 2));
  renameSync(next, file);
}
