import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** What a page pays for the client, compressed. */
const MAX_GZIPPED_BYTES = 5 * 1024;

describe('lib/client in a browser bundle', () => {
  it('needs no package and nothing of Node, and stays small', async () => {
    // Anything outside lib/client, packages and Node's own modules included, would show as a further input or an error.
    const { outputFiles, metafile } = await build({
      entryPoints: ['lib/client/index.ts'],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      packages: 'external',
      metafile: true,
      write: false,
    });
    const [bundle] = outputFiles;
    const [output] = Object.values(metafile.outputs);

    expect(Object.keys(metafile.inputs).filter((input) => !input.startsWith('lib/client/'))).toEqual([]);
    expect(output?.imports).toEqual([]);
    expect(gzipSync(bundle?.contents ?? '').length).toBeLessThanOrEqual(MAX_GZIPPED_BYTES);
  });
});
