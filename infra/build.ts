import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Lets CommonJS dependencies inside an ES module bundle call `require` for Node's built-ins. */
const requireForCommonJs =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/** Names of the Lambda functions: one file in functions/ each, the file's name is the function's. */
export async function functionNames(): Promise<string[]> {
  const entries = await readdir(join(root, 'functions'));
  return entries.filter((entry) => entry.endsWith('.ts')).map((entry) => basename(entry, '.ts'));
}

/**
 * How a function is bundled: one split, minified ES module bundle. Nothing is written by esbuild itself.
 *
 * @param outdir folder of the bundle, from the root of the repository.
 */
export async function bundleOptions(name: string, outdir = join('dist', name)) {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    absWorkingDir: root,
    entryPoints: { index: join('functions', `${name}.ts`) },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    define: { 'process.env.ROOMKEEPER_VERSION': JSON.stringify(version) },
    banner: { js: requireForCommonJs },
    logLevel: 'warning',
    write: false,
  } as const satisfies esbuild.BuildOptions;
}

/**
 * Bundles every function into dist/<name>/index.mjs.
 *
 * @returns esbuild's metafile per function: what went in and out, in bytes.
 * @throws Error for a bundle that would look for something outside of itself: on Lambda there is nothing.
 */
export async function build(): Promise<Record<string, esbuild.Metafile>> {
  const metafiles: Record<string, esbuild.Metafile> = {};
  for (const name of await functionNames()) {
    const result = await esbuild.build(await bundleOptions(name));
    const [foreign] = foreignImports(result.metafile);
    if (foreign) throw new Error(`${name}: ${foreign} is not in the bundle and not built into Node`);
    await publish(result.outputFiles);
    metafiles[name] = result.metafile;
  }
  return metafiles;
}

/** @returns what bundles leave to be found at run time, `require` calls included, and is not built into Node. */
export function foreignImports({ outputs }: esbuild.Metafile): string[] {
  return Object.values(outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external && !isBuiltin(path))
    .map(({ path }) => path);
}

/**
 * Writes a bundle beside a local stack that may be loading the old one: files that are the same are left alone, others take
 * their place at once, and index.mjs comes last, when everything that it imports is there.
 *
 * @returns whether anything has changed.
 */
export async function publish(files: readonly esbuild.OutputFile[]): Promise<boolean> {
  const isIndex = ({ path }: esbuild.OutputFile) => basename(path) === 'index.mjs';
  const inOrder = [...files].sort((one, other) => Number(isIndex(one)) - Number(isIndex(other)));
  let changed = false;
  for (const { path, contents } of inOrder) {
    const current = await readFile(path).catch(() => null);
    if (current?.equals(contents)) continue;
    await mkdir(dirname(path), { recursive: true });
    const draft = `${path}.${process.pid}.tmp`;
    await writeFile(draft, contents);
    await rename(draft, path);
    changed = true;
  }
  await removeLeftovers(files);
  return changed;
}

/** Removes chunks of earlier builds, which packaging would ship. */
async function removeLeftovers(files: readonly esbuild.OutputFile[]): Promise<void> {
  const [first] = files;
  if (!first) return;
  const folder = dirname(first.path);
  const kept = new Set(files.map(({ path }) => relative(folder, path)));
  for (const file of await readdir(folder)) {
    if (!kept.has(file) && !file.endsWith('.tmp'))
      await rm(join(folder, file), { recursive: true, force: true });
  }
}

/**
 * Rebuilds functions whenever a source file changes.
 *
 * @param onRebuilt called with the function's name after each rebuild that has changed its bundle.
 * @returns stops watching.
 */
export async function watch(onRebuilt: (name: string) => void): Promise<() => Promise<void>> {
  const contexts = await Promise.all(
    (await functionNames()).map(async (name) => {
      const announce: esbuild.Plugin = {
        name: 'announce-rebuild',
        setup: ({ onEnd }) =>
          onEnd(async ({ errors, outputFiles = [] }) => {
            if (errors.length === 0 && (await publish(outputFiles))) onRebuilt(name);
          }),
      };
      const context = await esbuild.context({ ...(await bundleOptions(name)), plugins: [announce] });
      await context.watch();
      return context;
    }),
  );
  return async () => void (await Promise.all(contexts.map((context) => context.dispose())));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [name, { outputs }] of Object.entries(await build())) {
    const bytes = Object.entries(outputs)
      .filter(([file]) => file.endsWith('.mjs'))
      .reduce((sum, [, output]) => sum + output.bytes, 0);
    console.log(`dist/${name}  ${(bytes / 1000).toFixed(1)} kB`);
  }
}
