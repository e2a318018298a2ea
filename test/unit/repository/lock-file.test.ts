import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeLock } from '../../../infra/lock-file.mjs';

const module_ = join(dirname(fileURLToPath(import.meta.url)), '../../../infra/lock-file.mjs');

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roomkeeper-lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true }));

/** Takes the lock in processes of their own, all at one moment, and holds it for a while. @returns how many have got it. */
async function takers(count: number): Promise<number> {
  const at = Date.now() + 400;
  const program = `
    const { takeLock } = await import(${JSON.stringify(module_)});
    while (Date.now() < ${at});
    if (takeLock(${JSON.stringify(path)}).release) console.log('mine');
    await new Promise((resolve) => setTimeout(resolve, 600));`;
  const outputs = Array.from({ length: count }, () =>
    text(spawn(process.execPath, ['--input-type=module', '-e', program]).stdout),
  );
  return (await Promise.all(outputs)).filter((output) => output.includes('mine')).length;
}

it('is had by one of many who come at once, and free when they are gone', async () => {
  expect(await takers(4)).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

it('of a process that is gone goes to one of many who come at once', async () => {
  await writeFile(path, String(spawnSync(process.execPath, ['--version']).pid));

  expect(await takers(4)).toBe(1);
});

it.each(['', 'nonsense', '-1', '0'])('that names no process (%j) is taken over', async (content) => {
  await writeFile(path, content);

  expect(takeLock(path)).toHaveProperty('release');
  expect(await readFile(path, 'utf8')).toBe(String(process.pid));
});

it('tells who has it, and is nobody’s after its release', () => {
  const lock = takeLock(path);
  expect(takeLock(path)).toEqual({ holder: process.pid });
  if ('release' in lock) lock.release();

  expect(existsSync(path)).toBe(false);
});

it('that has become another process’s is not released', async () => {
  const lock = takeLock(path);
  await writeFile(path, '1');
  if ('release' in lock) lock.release();

  expect(await readFile(path, 'utf8')).toBe('1');
});
