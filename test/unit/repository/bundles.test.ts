import { build as esbuild, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundleOptions, foreignImports } from '../../../infra/build.ts';

/** Bundles a program as a function is bundled, but for a package that is left out. */
async function bundle(contents: string): Promise<Metafile> {
  const { entryPoints: _, ...options } = await bundleOptions('health');
  const stdin = { contents, resolveDir: import.meta.dirname };
  const { metafile } = await esbuild({ ...options, stdin, external: ['left-out'] });
  return metafile;
}

describe('a bundle', () => {
  it.each([
    ['an import that is left out', "import 'left-out';"],
    ['a lazy import that is left out', "export const late = () => import('left-out');"],
    ['a require that may fail', "let found; try { found = require('left-out'); } catch {} export { found };"],
  ])('is refused with %s', async (_what, contents) => {
    expect(foreignImports(await bundle(contents))).toEqual(['left-out']);
  });

  it('may use what is built into Node', async () => {
    expect(foreignImports(await bundle("import 'node:http'; import 'crypto';"))).toEqual([]);
  });
});
