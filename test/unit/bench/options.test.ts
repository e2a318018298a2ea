import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readOptions } from '../../bench/options.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

describe('the benchmark’s options', () => {
  it('measure everything at length unless they say otherwise', () => {
    expect(readOptions([])).toEqual({
      quick: false,
      help: false,
      parts: ['import', 'token', 'review'],
      jsonFile: null,
    });
  });

  it('choose one part, short rounds and a file', () => {
    expect(readOptions(['--only', 'token', '--quick', '--json', 'bench.json'])).toEqual({
      quick: true,
      help: false,
      parts: ['token'],
      jsonFile: resolve('bench.json'),
    });
  });

  it.each([
    ['an unknown option', ['--fast']],
    ['an unknown part', ['--only', 'health']],
    ['no part', ['--only', '']],
    ['an argument', ['token']],
    ['a file without a name', ['--json', '']],
    ['a value where none belongs', ['--quick=yes']],
  ])('refuse %s', (_name, args) => {
    expect(() => readOptions(args)).toThrow(TypeError);
  });
});

it('the program refuses an unknown option with its usage and measures nothing', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/bench/main.ts', '--fast'], {
    cwd: root,
    encoding: 'utf8',
    // One that went on to measure would take minutes.
    timeout: 10_000,
  });

  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('--fast');
  expect(stderr).toContain('npm run bench -- [options]');
});
