import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { refuseUnwritable } from '../../bench/json-file.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

it.each([
  ['a file in a folder that does not exist', join('no', 'such', 'folder', 'bench.json'), 'ENOENT'],
  ['a folder', 'test', 'EISDIR'],
])('the program refuses to write its figures to %s and measures nothing', (_name, path, code) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/bench/main.ts', '--json', path], {
    cwd: root,
    encoding: 'utf8',
    // One that went on to measure would take minutes.
    timeout: 10_000,
  });

  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(`--json cannot be written: ${code}`);
  expect(stderr).toContain(join(root, path));
});

it('a file that figures can be written to keeps what it holds until then', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'roomkeeper-'));
  try {
    const file = join(folder, 'bench.json');
    await writeFile(file, '{"of":"yesterday"}');
    await refuseUnwritable(file);
    expect(await readFile(file, 'utf8')).toBe('{"of":"yesterday"}');
  } finally {
    await rm(folder, { recursive: true });
  }
});
