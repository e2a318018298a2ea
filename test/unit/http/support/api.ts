import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { emptyRoster } from '../../../../lib/access/index.ts';
import { createAuthenticate, fetchJwks } from '../../../../lib/auth/index.ts';
import {
  createOpenHandler,
  createRoomHandler,
  type OpenRoute,
  type RoomRoute,
  type RouteTable,
  roomRoute,
} from '../../../../lib/http/index.ts';
import type { RoomRequest, RouteAnswer } from '../../../../lib/http/route.ts';
import type { LogEntry } from '../../../../lib/log/index.ts';
import { createFixedRegistry } from '../../../../lib/rooms/index.ts';
import { type KeyServer, startKeyServer } from '../../auth/support/key-server.ts';
import { POOL, type SigningKey } from '../../auth/support/signing-key.ts';
import { eventOf, type Sent } from './event.ts';

export const ROOM_ID = 'AbCdEfGh1234';
export const REMAINING_MS = 7654;
const FAILURE_TAKES_MS = 12.345;

export const ECHO = 'POST /rooms/{roomId}/echo/{messageId}';
export const ANYTHING = 'POST /rooms/{roomId}/anything';
export const THROW = 'POST /rooms/{roomId}/throw';
export const OPEN = 'GET /open';

/** An answer as API Gateway takes it, with its body parsed. */
export interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, boolean | number | string>>;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** The pipelines of a function instance around a table of routes that show what reaches them. */
export interface Api {
  readonly keyServer: KeyServer;
  readonly logged: LogEntry[];
  /** What the routes' work was given. */
  readonly received: RoomRequest<unknown>[];
  /** What the route THROW throws. */
  thrown: unknown;
  send(sent: Sent): Promise<Answer>;
  /** An Authorization header of somebody in these groups. */
  bearer(...groups: string[]): Promise<string>;
}

const strict = z.strictObject({
  text: z.string().max(8192).optional(),
  'a/b~c': z.number().optional(),
  nested: z.strictObject({ list: z.array(z.strictObject({ id: z.number() })) }).optional(),
});

const anything = z.looseObject({ count: z.string().transform(Number).optional() });

const openRoutes = new Map<string, OpenRoute>([
  [OPEN, { access: 'open', run: async () => ({ status: 200, body: { open: true } }) }],
]);

type Run = (request: RoomRequest<unknown>) => Promise<RouteAnswer>;

function roomRoutes(echo: Run, fail: Run): RouteTable<RoomRoute> {
  // `undefined` as text would be one of these, too.
  const parameters = { messageId: /^[a-z]{3,9}$/ };
  return new Map([
    [ECHO, roomRoute({ minimumRole: 'moderator', parameters, body: strict, run: echo })],
    [ANYTHING, roomRoute({ minimumRole: 'viewer', parameters: {}, body: anything, run: echo })],
    [THROW, roomRoute({ minimumRole: 'viewer', parameters: {}, body: z.strictObject({}), run: fail })],
  ]);
}

export async function startApi(key: SigningKey): Promise<Api> {
  const keyServer = await startKeyServer(key.jwk);
  const time = { now: Math.floor(Date.now() / 1000) * 1000 };
  const logged: LogEntry[] = [];
  const received: RoomRequest<unknown>[] = [];
  // Returns a number, as careless logs do: no step may take it for an answer.
  const logging = { log: (entry: LogEntry) => logged.push(entry), now: () => time.now };
  const echo: Run = async (request) => {
    received.push(request);
    return { status: 201, body: { body: request.body } };
  };
  const fail: Run = async () => {
    time.now += FAILURE_TAKES_MS;
    throw api.thrown;
  };
  const handle = createRoomHandler(roomRoutes(echo, fail), {
    authenticate: createAuthenticate({ ...POOL, fetchJwks: fetchJwks(keyServer.origin), now: logging.now }),
    registry: createFixedRegistry([ROOM_ID]),
    roster: emptyRoster,
    ...logging,
  });
  const handleOpen = createOpenHandler(openRoutes, logging);
  const context = { getRemainingTimeInMillis: () => REMAINING_MS } as Context;
  const api: Api = {
    keyServer,
    logged,
    received,
    thrown: undefined,
    async send(sent) {
      const answer = await (sent.routeKey === OPEN ? handleOpen : handle)(eventOf(sent), context);
      const { statusCode, headers = {}, body = '' } = answer;
      return { status: statusCode, headers, text: body, body: JSON.parse(body) as Record<string, unknown> };
    },
    bearer: async (...groups) => key.bearer(time.now, { 'cognito:groups': groups }),
  };
  return api;
}
