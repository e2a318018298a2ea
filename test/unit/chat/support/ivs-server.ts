import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Listening, listen } from '../../../../infra/local/listen.ts';
import type { Play } from '../../../support/fault-rows.ts';

/** A request as it came over the wire. */
export interface Received {
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What IVS Chat answers when all is well. Times are in 2026 whatever the time is: tests say what time it is. */
export const GOOD_ANSWERS: Readonly<Record<string, object>> = Object.freeze({
  CreateChatToken: {
    token: 'chat-token',
    tokenExpirationTime: '2026-01-01T00:01:00Z',
    sessionExpirationTime: '2026-01-01T01:00:00Z',
  },
  DeleteMessage: { id: 'event-of-deletion' },
  SendEvent: { id: 'event-sent' },
});

/** A server in the place of IVS Chat that follows a script for each room: the last play of a script goes on for ever. */
export interface IvsServer extends Pick<Listening, 'origin' | 'close'> {
  script(roomId: string, ...plays: readonly Play[]): void;
  /** Requests about a room, first to last. */
  received(roomId: string): readonly Received[];
}

/** Starts the server on a free port of loopback. */
export async function startIvsServer(): Promise<IvsServer> {
  const scripts = new Map<string, readonly Play[]>();
  const log = new Map<string, Received[]>();
  const { origin, close } = await listen(
    createServer(async (request, response) => {
      const received = await read(request);
      const roomId = String(received.body.roomIdentifier).split('/').at(-1) ?? '';
      const requests = log.get(roomId) ?? [];
      log.set(roomId, [...requests, received]);
      const plays = scripts.get(roomId) ?? [];
      play(plays[requests.length] ?? plays.at(-1) ?? 'OK', received.operation, response);
    }),
    0,
  );
  return {
    origin,
    close,
    script: (roomId, ...plays) => void scripts.set(roomId, plays),
    received: (roomId) => log.get(roomId) ?? [],
  };
}

async function read(request: IncomingMessage): Promise<Received> {
  const body = JSON.parse(await text(request)) as Received['body'];
  return { operation: (request.url ?? '').slice(1), body };
}

function play(how: Play, operation: string, response: ServerResponse): void {
  const good = JSON.stringify(GOOD_ANSWERS[operation] ?? {});
  const json = { 'content-type': 'application/json', 'content-length': good.length + 2 };
  if (how === 'OK') {
    if (operation in GOOD_ANSWERS) response.writeHead(200, { 'content-type': 'application/json' }).end(good);
    else response.writeHead(204).end();
  } else if ('status' in how) {
    response.writeHead(how.status, withDates(how.headers)).end(how.body_raw ?? JSON.stringify(how.body));
  } else if ('connect' in how) response.socket?.resetAndDestroy();
  else if ('reset' in how) {
    response.writeHead(200, json).write(good.slice(0, 5), () => response.socket?.resetAndDestroy());
  } else if ('drip_ms' in how) {
    response.writeHead(200, json);
    const drip = setInterval(() => response.write(' '), how.drip_ms);
    response.on('close', () => clearInterval(drip));
  } else if (how.hang === 'after_headers') response.writeHead(200, json).flushHeaders();
}

/** `{{NOW+900s}}` in a case stands for a service whose clock is 15 minutes ahead. */
function withDates(headers: Record<string, string>): Record<string, string> {
  const ahead = new Date(Date.now() + 900_000).toUTCString();
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('{{NOW+900s}}', ahead)]),
  );
}
