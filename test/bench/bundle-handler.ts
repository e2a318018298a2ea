import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { bundleOptions, publish } from '../../infra/build.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where the benchmark writes, from the root of the repository. What is there when it ends is overwritten by the next one. */
export const BENCH_FOLDER = join('.local', 'bench');

/**
 * Bundles a handler of the benchmark's own as the functions are bundled, so that they differ in what they do alone: into
 * <name>/index.mjs of BENCH_FOLDER.
 *
 * @param source path of the handler from the root of the repository.
 */
export async function bundleHandler(name: string, source: string): Promise<esbuild.Metafile> {
  const result = await esbuild.build({
    ...(await bundleOptions(name, join(BENCH_FOLDER, name))),
    entryPoints: { index: join(root, source) },
  });
  await publish(result.outputFiles);
  return result.metafile;
}
