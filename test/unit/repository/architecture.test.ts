import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

const sources = ['functions', 'lib', 'infra']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));

const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

/** Files of this repository that a file imports at run time (`import type` is erased and does not count). */
function importsOf(file: string): string[] {
  const specifiers = [...textOf(file).matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from\s+'(\.[^']+)'/gm)];
  return specifiers.map(([, specifier]) => relative(root, resolve(root, dirname(file), specifier ?? '')));
}

const graph = new Map(sources.map((file) => [file, importsOf(file)]));

/** Folder → what it may import (CONTRIBUTING.md, "Where things are"). A folder that is not named may not exist. */
const ARROWS: readonly (readonly [from: string, ...allowed: string[]])[] = [
  ['functions/', 'lib/'],
  ['lib/client/', 'lib/client/'],
  ['lib/errors/', 'lib/errors/'],
  ['lib/moderation/', 'lib/moderation/', 'lib/errors/'],
  ['lib/environment', 'lib/environment', 'lib/errors/'],
  ['lib/log/', 'lib/log/', 'lib/errors/'],
  ['lib/auth/', 'lib/auth/', 'lib/errors/'],
  ['lib/access/', 'lib/access/', 'lib/auth/', 'lib/errors/'],
  ['lib/rooms/', 'lib/rooms/', 'lib/errors/'],
  ['lib/chat/', 'lib/chat/', 'lib/errors/'],
  [
    'lib/operations/',
    'lib/operations/',
    'lib/auth/',
    'lib/access/',
    'lib/rooms/',
    'lib/chat/',
    'lib/moderation/',
    'lib/errors/',
  ],
  ['lib/http/', 'lib/http/', 'lib/auth/', 'lib/access/', 'lib/rooms/', 'lib/log/', 'lib/errors/'],
  ['lib/routes/', 'lib/routes/', 'lib/http/', 'lib/operations/', 'lib/chat/'],
  ['infra/local/', 'infra/local/', 'infra/build.ts', 'infra/lock-file.mjs'],
  ['infra/demo/', 'infra/demo/', 'infra/local/', 'lib/client/'],
  ['infra/', 'infra/', 'lib/moderation/'],
];

describe('the arrows between folders', () => {
  it.each(sources)('%s imports only what its folder may', (file) => {
    const rule = ARROWS.find(([from]) => file.startsWith(from));
    expect(rule, 'no arrow is declared for this folder').toBeDefined();
    const [, ...allowed] = rule ?? [''];

    const forbidden = (graph.get(file) ?? []).filter(
      (target) => !allowed.some((folder) => target.startsWith(folder)),
    );

    expect(forbidden).toEqual([]);
  });
});

describe('imports', () => {
  it('form no cycle', () => {
    const settled = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) throw new Error(`cycle: ${[...path, file].join(' → ')}`);
      if (settled.has(file)) return;
      for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
      settled.add(file);
    };
    for (const file of sources) visit(file, []);
    expect(settled.size).toBeGreaterThanOrEqual(sources.length);
  });

  it('of AWS SDK packages in lib stand in an adapter only', () => {
    const users = sources.filter(
      (file) => file.startsWith('lib/') && /from '@(aws-sdk|smithy)\//.test(textOf(file)),
    );
    expect(users.filter((file) => file !== 'lib/chat/ivs-chat-service.ts')).toEqual([]);
  });
});

describe('the environment', () => {
  it('is read in one file of lib and functions', () => {
    const readers = sources.filter(
      (file) => /^(lib|functions)\//.test(file) && textOf(file).includes('process.env'),
    );
    expect(readers).toEqual(['lib/environment.ts']);
  });
});

describe('files', () => {
  it('are short enough to be read at once (data tables apart)', () => {
    const long = sources
      .filter((file) => !/\/(lists|data)\//.test(file))
      .map((file) => ({ file, lines: textOf(file).split('\n').length }))
      .filter(({ lines }) => lines > 220);
    expect(long).toEqual([]);
  });
});
