import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { LOCAL_ACCOUNT_ID } from '../../../infra/local/stack.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** Functions of the benchmark by the last part of their route: POST /rooms/{roomId}/<part>. */
const HANDLERS = {
  'bench-echo': 'test/bench/token-route/echo.handler',
  'bench-create-chat-token': 'test/bench/token-route/create-chat-token.handler',
} as const;

/**
 * Lends a serverless.yml that has the benchmark's functions beside the real ones; it is gone when `use` ends: the gateway reads it while it starts.
 *
 * @param use gets its absolute path.
 */
export async function withBenchFunctions<Result>(use: (file: string) => Promise<Result>): Promise<Result> {
  // Short forms of CloudFormation, such as !Ref, are unknown tags to the parser: it warns, and writes them as they were.
  const document = parseDocument(await readFile(join(root, 'serverless.yml'), 'utf8'), { logLevel: 'error' });
  for (const [name, handler] of Object.entries(HANDLERS)) {
    document.setIn(['functions', name], {
      handler,
      environment: { ACCOUNT_ID: LOCAL_ACCOUNT_ID },
      events: [{ httpApi: { method: 'POST', path: `/rooms/{roomId}/${name}` } }],
    });
  }
  const folder = await mkdtemp(join(tmpdir(), 'roomkeeper-bench-'));
  try {
    const file = join(folder, 'serverless.yml');
    await writeFile(file, document.toString());
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
