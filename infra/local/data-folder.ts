import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder that belongs to one running stack. */
export interface DataFolder {
  /** Lets another stack have it. */
  close(): Promise<void>;
}

/**
 * Takes a folder for the state of a stack. Two stacks on one folder would overwrite each other's state.
 *
 * @throws Error naming the process that has it.
 */
export async function takeDataFolder(folder: string): Promise<DataFolder> {
  const lock = join(folder, 'in-use-by');
  await mkdir(folder, { recursive: true });
  const holder = Number(await readFile(lock, 'utf8').catch(() => Number.NaN));
  if (isRunning(holder)) throw new Error(`process ${holder} already keeps its state in ${folder}`);
  // What is left of a process that was killed is taken over; `wx` decides between two who come at once.
  await rm(lock, { force: true });
  await writeFile(lock, String(process.pid), { flag: 'wx' });
  return { close: () => rm(lock, { force: true }) };
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
