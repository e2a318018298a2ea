import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as esbuild from 'esbuild';
import { parse } from 'yaml';
import { bundleHandler } from '../bundle-handler.ts';
import type { PartInput } from '../part.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** A bundle to import, with what it weighs. */
export interface Bundle {
  readonly name: string;
  /** Absolute path of index.mjs. */
  readonly file: string;
  /** Bytes of code in the function's zip, before compression. */
  readonly shippedBytes: number;
  /** The part of them that importing it reads: the rest waits for a dynamic import. */
  readonly importedBytes: number;
}

/** The bundles of serverless.yml's functions, as they were built. */
export async function functionBundles(metafiles: PartInput['metafiles']): Promise<Bundle[]> {
  // Short forms of CloudFormation, such as !Ref, stay texts; no key of a function is one.
  const document = parse(await readFile(join(root, 'serverless.yml'), 'utf8'), { logLevel: 'error' }) as {
    functions: Record<string, unknown>;
  };
  return Object.keys(document.functions).map((name) => {
    const metafile = metafiles[name];
    if (!metafile)
      throw new Error(`serverless.yml has a function ${name}, and functions/${name}.ts is missing`);
    return weigh(name, metafile);
  });
}

/** Bundles a handler that does nothing as the functions are bundled. */
export async function emptyBundle(): Promise<Bundle> {
  const metafile = await bundleHandler('empty-handler', 'test/bench/import-time/empty-handler.mjs');
  return weigh('(empty handler)', metafile);
}

function weigh(name: string, { outputs }: esbuild.Metafile): Bundle {
  const code = Object.keys(outputs).filter((file) => file.endsWith('.mjs'));
  const index = code.find((file) => outputs[file]?.entryPoint && file.endsWith('/index.mjs'));
  if (!index) throw new Error(`the bundle ${name} has no index.mjs`);
  const bytes = (files: Iterable<string>) =>
    [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
  return {
    name,
    file: join(root, index),
    shippedBytes: bytes(code),
    importedBytes: bytes(importedWith(index, outputs)),
  };
}

/** The file and all that it imports statically. */
function importedWith(index: string, outputs: esbuild.Metafile['outputs']): ReadonlySet<string> {
  const found = new Set([index]);
  for (const file of found) {
    for (const { path, kind, external } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && !external) found.add(path);
    }
  }
  return found;
}
