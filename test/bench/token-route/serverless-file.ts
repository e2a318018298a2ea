import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { LOCAL_ACCOUNT_ID } from '../../../infra/local/stack.ts';
import { BENCH_FOLDER, bundleHandler } from '../bundle-handler.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** Functions of the benchmark by the last part of their route: POST /rooms/{roomId}/<part>. */
const SOURCES = {
  'bench-echo': 'test/bench/token-route/echo.mjs',
  'bench-create-chat-token': 'test/bench/token-route/create-chat-token.mjs',
} as const;

/**
 * Writes a serverless.yml that has the benchmark's functions beside the real ones: bundled as `tokens` is, and with its memory
 * and timeout.
 *
 * @returns its absolute path.
 */
export async function writeServerlessFile(): Promise<string> {
  // Short forms of CloudFormation, such as !Ref, are unknown tags to the parser: it warns, and writes them as they were.
  const document = parseDocument(await readFile(join(root, 'serverless.yml'), 'utf8'), { logLevel: 'error' });
  for (const [name, source] of Object.entries(SOURCES)) {
    await bundleHandler(name, source);
    document.setIn(['functions', name], {
      handler: `${BENCH_FOLDER}/${name}/index.handler`,
      timeout: document.getIn(['functions', 'tokens', 'timeout']),
      memorySize: document.getIn(['functions', 'tokens', 'memorySize']),
      environment: { ACCOUNT_ID: LOCAL_ACCOUNT_ID },
      events: [{ httpApi: { method: 'POST', path: `/rooms/{roomId}/${name}` } }],
    });
  }
  const file = join(root, BENCH_FOLDER, 'serverless.yml');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, document.toString());
  return file;
}
