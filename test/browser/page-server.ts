import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Listening, listen } from '../../infra/local/listen.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'page');

/** Bundles the page as a frontend would be, real client included. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'page.ts')],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/**
 * Serves the page on loopback.
 *
 * @param settings given as `/settings.json`; asked for at each request, because the stack needs this server's origin first.
 */
export async function servePage(settings: () => object): Promise<Listening> {
  const script = await bundle();
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  const files = new Map<string, () => readonly [type: string, body: string]>([
    ['/', () => ['text/html', html]],
    ['/page.js', () => ['text/javascript', script]],
    ['/settings.json', () => ['application/json', JSON.stringify(settings())]],
  ]);
  const server = createServer((request, response) => {
    const [type, body] = files.get(request.url ?? '')?.() ?? [];
    if (type === undefined) return void response.writeHead(404).end();
    response
      .writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' })
      .end(body);
  });
  return listen(server, 0);
}
