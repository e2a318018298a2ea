import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One JSON document that only this user of the machine may read. */
export interface PrivateFile<Content> {
  /** @returns undefined when the file does not exist. @throws SyntaxError when it is not JSON. */
  read(): Content | undefined;
  /** Replaces the document in one step, so that a crash leaves the old or the new one. */
  write(content: Content): void;
}

/** Owner may read and write, nobody else anything: the file holds private keys or password hashes. */
const OWNER_ONLY = 0o600;

/** @param path null keeps nothing: `read` finds nothing and `write` does nothing. */
export function privateFile<Content>(path: string | null): PrivateFile<Content> {
  if (path === null) return { read: () => undefined, write: () => {} };
  return {
    read() {
      try {
        return JSON.parse(readFileSync(path, 'utf8')) as Content;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    write(content) {
      const next = `${path}.next`;
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(next, JSON.stringify(content), { mode: OWNER_ONLY });
      // The mode above holds for a new file only, and a crash may have left one behind.
      chmodSync(next, OWNER_ONLY);
      renameSync(next, path);
    },
  };
}
