import { rmSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
  const lock = join(folder, 'in-use-by');
  await mkdir(folder, { recursive: true });
  if (!(await claim(lock))) {
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (isRunning(holder)) throw inUse(folder, lock, holder);
    // What a process that was killed has left is moved away first: of two who find it, one gets to move it.
    await rename(lock, `${lock}.${process.pid}`).catch(() => undefined);
    await rm(`${lock}.${process.pid}`, { force: true });
    if (!(await claim(lock))) throw inUse(folder, lock, holder);
  }
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  return {
    async close() {
      process.off('exit', release);
      await rm(lock, { force: true });
    },
  };
}

/** @returns whether the lock is ours: of all who try, one can create the file. */
async function claim(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function inUse(folder: string, lock: string, holder: number): Error {
  return new Error(`process ${holder} already keeps its state in ${folder} (it says so in ${lock})`);
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, but it runs.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
