import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { BenchmarkError } from '../part.ts';

const program = fileURLToPath(new URL('import-once.mjs', import.meta.url));

/**
 * Imports a bundle in a process of its own, of the Node that runs this, without options of ours.
 *
 * @param bundle path of the file.
 * @returns milliseconds of the import alone.
 * @throws BenchmarkError when it cannot be imported.
 */
export async function importOnce(
  bundle: string,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const child = spawn(process.execPath, [program, bundle], {
    env: { ...environment },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [errors, milliseconds, [code]] = await Promise.all([
    text(child.stdio[2] as Readable),
    text(child.stdio[3] as Readable),
    once(child, 'close'),
  ]);
  if (code !== 0) throw new BenchmarkError(`${bundle} was not imported (exit ${code}):\n${errors.trim()}`);
  return Number(milliseconds);
}
