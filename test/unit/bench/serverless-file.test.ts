import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeServerlessFile } from '../../bench/token-route/serverless-file.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

interface FunctionEntry {
  readonly handler: string;
  readonly timeout: number;
  readonly memorySize: number;
}

let file: string;
let functions: Readonly<Record<string, FunctionEntry>>;
beforeAll(async () => {
  file = await writeServerlessFile();
  const text = await readFile(file, 'utf8');
  functions = (parse(text, { logLevel: 'error' }) as { functions: typeof functions }).functions;
});

it('the benchmark’s route table is always the same file, which git ignores', () => {
  expect(file).toBe(join(root, '.local', 'bench', 'serverless.yml'));
});

describe.each(['bench-echo', 'bench-create-chat-token'])('the function %s', (name) => {
  it('has the memory and the timeout of tokens', () => {
    const { timeout, memorySize } = functions.tokens ?? {};
    expect({ timeout, memorySize }).toEqual({
      timeout: expect.any(Number),
      memorySize: expect.any(Number),
    });
    expect(functions[name]).toMatchObject({ timeout, memorySize });
  });

  it('is bundled as tokens is: it imports nothing but built-ins and its own chunks', async () => {
    const bundle = join(root, (functions[name]?.handler ?? '').replace(/\.handler$/, '.mjs'));
    const imports = (await readFile(bundle, 'utf8')).matchAll(/\b(?:from|import)\s*["']([^"']+)["']/g);
    const others = [...imports].flatMap(([, from = '']) =>
      isBuiltin(from) || from.startsWith('./') ? [] : [from],
    );
    expect(others).toEqual([]);
  });
});
