import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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

async function optionsFor(name: string): Promise<esbuild.BuildOptions> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    absWorkingDir: root,
    entryPoints: { index: join('functions', `${name}.ts`) },
    outdir: join('dist', name),
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
  };
}

/**
 * Bundles every function into dist/<name>/index.mjs (split, minified ESM; design.md, section 8).
 *
 * @returns esbuild's metafile per function name: what went into which bundle, in bytes.
 */
export async function build(): Promise<Record<string, esbuild.Metafile>> {
  const metafiles: Record<string, esbuild.Metafile> = {};
  for (const name of await functionNames()) {
    const { metafile } = await esbuild.build(await optionsFor(name));
    if (!metafile) throw new Error(`esbuild returned no metafile for ${name}`);
    metafiles[name] = metafile;
    await removeLeftovers(name, metafile);
  }
  return metafiles;
}

/**
 * Removes chunks of earlier builds. The folder itself is never emptied first: a local stack may be running from it.
 */
async function removeLeftovers(name: string, { outputs }: esbuild.Metafile): Promise<void> {
  for (const file of await readdir(join(root, 'dist', name))) {
    const path = join('dist', name, file);
    if (!Object.hasOwn(outputs, path)) await rm(join(root, path), { recursive: true });
  }
}

/**
 * Rebuilds functions whenever a source file changes.
 *
 * @param onRebuilt called after each successful rebuild with the function's name (also after the first build).
 * @returns stops watching.
 */
export async function watch(onRebuilt: (name: string) => void): Promise<() => Promise<void>> {
  const contexts = await Promise.all(
    (await functionNames()).map(async (name) => {
      const announce: esbuild.Plugin = {
        name: 'announce-rebuild',
        setup: ({ onEnd }) => onEnd(({ errors }) => void (errors.length === 0 && onRebuilt(name))),
      };
      const context = await esbuild.context({ ...(await optionsFor(name)), plugins: [announce] });
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
