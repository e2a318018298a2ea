import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateRoomCommand, IvschatClient } from '@aws-sdk/client-ivschat';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { callApi, signIn, useStack } from '../support/stack.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Who calls: nobody, somebody whose access token has run out, somebody with an id token, and the three roles. */
const CALLERS = ['anonymous', 'expired', 'id-token', 'viewer', 'moderator', 'admin'] as const;
type Caller = (typeof CALLERS)[number];

/** `unregistered` exists in IVS and is none of ours; `malformed` is no room id at all. */
const ROOMS = ['registered', 'unregistered', 'malformed'] as const;
type Room = (typeof ROOMS)[number];

type Row = Readonly<Record<Caller, Readonly<Record<Room, number>>>>;

const refused: Readonly<Record<Room, number>> = { registered: 401, unregistered: 401, malformed: 401 };
const forbidden: Readonly<Record<Room, number>> = { registered: 403, unregistered: 404, malformed: 400 };
const allowed = (status: number): Readonly<Record<Room, number>> => ({
  registered: status,
  unregistered: 404,
  malformed: 400,
});

const forModerators = (status: number): Row => ({
  anonymous: refused,
  expired: refused,
  'id-token': refused,
  viewer: forbidden,
  moderator: allowed(status),
  admin: allowed(status),
});

const forEverybody: Readonly<Record<Room, number>> = { registered: 200, unregistered: 200, malformed: 200 };

/** Every route: an example of it and the status for each caller and room. The one place where access is declared. */
const MATRIX: Readonly<Record<string, { path: (roomId: string) => string; body?: unknown; row: Row }>> = {
  'POST /rooms/{roomId}/tokens': {
    path: (roomId) => `/rooms/${roomId}/tokens`,
    body: { displayName: 'Somebody' },
    row: {
      anonymous: refused,
      expired: refused,
      'id-token': refused,
      viewer: allowed(201),
      moderator: allowed(201),
      admin: allowed(201),
    },
  },
  'DELETE /rooms/{roomId}/messages/{messageId}': {
    path: (roomId) => `/rooms/${roomId}/messages/AbCdEf123456`,
    row: forModerators(200),
  },
  'POST /rooms/{roomId}/users/{userId}/disconnect': {
    path: (roomId) => `/rooms/${roomId}/users/somebody-else/disconnect`,
    row: forModerators(200),
  },
  'POST /rooms/{roomId}/events': {
    path: (roomId) => `/rooms/${roomId}/events`,
    body: { eventName: 'poll', attributes: { question: 'tea?' } },
    row: forModerators(200),
  },
  'GET /health': {
    path: () => '/health',
    row: {
      anonymous: forEverybody,
      expired: forEverybody,
      'id-token': forEverybody,
      viewer: forEverybody,
      moderator: forEverybody,
      admin: forEverybody,
    },
  },
};

/** Longer than an access token of the user pool lives. */
const PAST_TOKEN_LIFETIME_MS = 25 * 60 * 60 * 1000;

const current = useStack();
const tokens = new Map<Caller, string | undefined>();
const roomIds = new Map<Room, string>([['malformed', 'not-a-room-id']]);

beforeAll(async () => {
  const { stack, description, roomId } = current();
  roomIds.set('registered', roomId);
  const ivs = new IvschatClient({
    endpoint: description.ivsChatEndpoint,
    region: description.region,
    credentials: description.credentials,
  });
  const { id } = await ivs.send(new CreateRoomCommand({ name: 'not-ours' }));
  roomIds.set('unregistered', id ?? '');
  tokens.set('expired', (await signIn(current(), 'ada')).accessToken);
  stack.clock.advance(PAST_TOKEN_LIFETIME_MS);
  tokens.set('id-token', (await signIn(current(), 'ada')).idToken);
  tokens.set('viewer', (await signIn(current(), 'vi')).accessToken);
  tokens.set('moderator', (await signIn(current(), 'mo')).accessToken);
  tokens.set('admin', (await signIn(current(), 'ada')).accessToken);
});

const cells = Object.entries(MATRIX).flatMap(([route, { row }]) =>
  CALLERS.flatMap((caller) => ROOMS.map((room) => [route, caller, room, row[caller][room]] as const)),
);

describe('the access matrix', () => {
  it('has a row for every route of serverless.yml and for no other', () => {
    const { functions } = parse(readFileSync(join(root, 'serverless.yml'), 'utf8'), {
      logLevel: 'error',
    }) as {
      functions: Record<string, { events?: { httpApi: { method: string; path: string } }[] }>;
    };
    const routes = Object.values(functions)
      .flatMap(({ events = [] }) => events)
      .map(({ httpApi: { method, path } }) => `${method} ${path}`);

    expect(Object.keys(MATRIX).sort()).toEqual(routes.sort());
  });

  it.each(cells)('%s by %s in a room that is %s: %i', async (route, caller, room, status) => {
    const { path, body } = MATRIX[route] ?? { path: () => '' };

    const answer = await callApi(current(), route.split(' ')[0] ?? '', path(roomIds.get(room) ?? ''), {
      token: tokens.get(caller),
      body,
    });

    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    if (status >= 400) expectProblem(answer.body, answer.headers, status);
    if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer\b/);
  });
});

function expectProblem(body: Record<string, unknown>, headers: Headers, status: number): void {
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  expect(body).toMatchObject({
    status,
    type: expect.any(String),
    title: expect.any(String),
    code: expect.stringMatching(/^[a-z]+(-[a-z]+)*$/),
    requestId: expect.any(String),
  });
}
