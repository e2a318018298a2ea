// A file that one process holds. Plain JavaScript for Node 20: the bootstrap uses it before anything is installed.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Takes a lock unless a running process has it. The lock of a process that is gone is taken over.
 *
 * @param {string} path of the lock file, which holds the id of its process.
 * @returns {{ release: () => void } | { holder: number }} the lock, released at the latest when this process exits; or who has it.
 */
export function takeLock(path) {
  const own = `${path}.${process.pid}`;
  // Linked, not written in place: whoever reads a lock finds a whole process id in it.
  writeFileSync(own, String(process.pid));
  try {
    if (!claim(own, path)) {
      const holder = holderOf(path);
      if (isRunning(holder)) return { holder };
      discard(path, holder);
      if (!claim(own, path)) return { holder: holderOf(path) };
    }
  } finally {
    rmSync(own, { force: true });
  }
  const release = () => {
    process.off('exit', release);
    if (holderOf(path) === process.pid) rmSync(path, { force: true });
  };
  process.once('exit', release);
  return { release };
}

/** Of all who try at once, one can create the link. */
function claim(own, path) {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a dead process's lock away. What was moved may be a newer lock by then: that one is put back. */
function discard(path, deadHolder) {
  const moved = `${path}.${process.pid}.old`;
  try {
    renameSync(path, moved);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (!Object.is(holderOf(moved), deadHolder)) claim(moved, path);
  rmSync(moved, { force: true });
}

/** @returns NaN when there is no lock. */
function holderOf(path) {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10);
  } catch (error) {
    if (error.code === 'ENOENT') return Number.NaN;
    throw error;
  }
}

function isRunning(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, but it runs.
    return error.code === 'EPERM';
  }
}
