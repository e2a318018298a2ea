import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLock } from '../lock-file.mjs';

/** A folder that belongs to one running stack. */
export interface DataFolder {
  /** Lets another stack have it. */
  close(): Promise<void>;
}

/**
 * Takes a folder for the state of a stack. Two stacks on one folder would overwrite each other's state.
 *
 * @throws Error naming the process that has it, and the file that says so.
 */
export async function takeDataFolder(folder: string): Promise<DataFolder> {
  const path = join(folder, 'in-use-by');
  await mkdir(folder, { recursive: true });
  const lock = takeLock(path);
  if ('holder' in lock) {
    throw new Error(`process ${lock.holder} already keeps its state in ${folder} (it says so in ${path})`);
  }
  return { close: async () => lock.release() };
}
