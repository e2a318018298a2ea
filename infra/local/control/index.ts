import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Listening, LOOPBACK, listen } from '../listen.ts';
import { type ControlledParts, ROUTES } from './routes.ts';

export interface Control {
  /** `http://127.0.0.1:<port>`; GET / lists what it does. */
  readonly controlUrl: string;
  close(): Promise<void>;
}

/** What a control route refuses, with the status to say so. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Starts the control port: what tests (and curious people) may do to a running stack that no user of AWS could.
 *
 * Requests must name this machine as their host and, when they change something, be JSON: a web page that the developer
 * happens to have open can do neither without the browser asking first.
 */
export async function startControl({ port, ...parts }: { port: number } & ControlledParts): Promise<Control> {
  const server = createServer((request, response) => {
    answer(parts, request).then(
      (body) => send(response, 200, body),
      (error: Error) => {
        const status = error instanceof ControlError ? error.status : error instanceof RangeError ? 400 : 500;
        send(response, error instanceof TypeError ? 400 : status, { message: error.message });
      },
    );
  });
  const listening: Listening = await listen(server, port);
  return { controlUrl: listening.origin, close: listening.close };
}

async function answer(parts: ControlledParts, request: IncomingMessage): Promise<unknown> {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (host !== LOOPBACK && host !== 'localhost') throw new ControlError(403, 'only for this machine');
  const { pathname, searchParams } = new URL(request.url ?? '/', `http://${LOOPBACK}`);
  const route = ROUTES.find(({ method, path }) => method === request.method && path.test(pathname));
  if (!route) {
    throw new ControlError(404, `no such control route: ${request.method} ${pathname}; GET / lists them`);
  }
  const body = route.method === 'POST' ? await readJson(request) : undefined;
  return (await route.run(parts, { body, query: searchParams, pathname })) ?? { ok: true };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new ControlError(415, 'send content-type: application/json');
  }
  const body = await text(request);
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch (cause) {
    throw new ControlError(400, `the body is not JSON: ${(cause as Error).message}`);
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
