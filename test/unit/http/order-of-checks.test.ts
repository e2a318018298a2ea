import { describe, expect, it } from 'vitest';
import { type Answer, type Api, ECHO, REMAINING_MS, ROOM_ID, THROW } from './support/api.ts';
import type { Sent } from './support/event.ts';
import { useApi } from './support/use-api.ts';

const api = useApi();

const WRONG_KEY = '{"role":"admin"}';

/**
 * What can be wrong with a request, in the order of docs/adr/0005-order-of-checks.md. Each spoils a request in its own way and leaves
 * the rest of it alone, so that several can be combined.
 */
const FAULTS: readonly { code: string; spoil: (sent: Sent, api: Api) => Promise<Sent> | Sent }[] = [
  { code: 'route-not-found', spoil: (sent) => ({ ...sent, routeKey: 'POST /rooms/{roomId}/nothing' }) },
  { code: 'body-too-large', spoil: (sent) => ({ ...sent, body: Buffer.alloc(8193, 0xff) }) },
  { code: 'unsupported-media-type', spoil: (sent) => ({ body: '{}', ...sent, contentType: 'text/plain' }) },
  { code: 'malformed-json', spoil: (sent) => ({ ...sent, body: Buffer.of(0xff) }) },
  { code: 'invalid-body', spoil: (sent) => ({ ...sent, body: WRONG_KEY }) },
  { code: 'no-credentials', spoil: (sent) => ({ ...sent, authorization: undefined }) },
  { code: 'invalid-path', spoil: (sent) => ({ ...sent, path: { ...sent.path, messageId: '../x' } }) },
  {
    code: 'room-not-found',
    spoil: (sent) => ({ ...sent, path: { ...sent.path, roomId: 'OtherRoom123' } }),
  },
  {
    code: 'role-too-low',
    // Keeps away from a request that is to go without credentials.
    spoil: async (sent, { bearer }) => ({ ...sent, authorization: await bearer('viewers') }),
  },
];

const good = async (): Promise<Sent> => ({
  routeKey: ECHO,
  path: { roomId: ROOM_ID, messageId: 'abc' },
  authorization: await api().bearer('chat-moderators'),
});

/** Applies faults from the last to the first, so that an earlier one has the last word about what both change. */
async function sendSpoiled(faults: typeof FAULTS): Promise<Answer> {
  let sent = await good();
  for (const { spoil } of faults.toReversed()) sent = await spoil(sent, api());
  return api().send(sent);
}

const pairs = FAULTS.flatMap((first, index) =>
  FAULTS.slice(index + 1).map((second) => [first.code, second.code, [first, second]] as const),
);

describe('the order of checks', () => {
  it('lets a request through that is right in every way', async () => {
    expect((await sendSpoiled([])).status).toBe(201);
  });

  it.each(FAULTS.map((fault) => [fault.code, fault] as const))('finds %s alone', async (code, fault) => {
    expect((await sendSpoiled([fault])).body.code).toBe(code);
  });

  it.each(pairs)('names %s before %s', async (code, _second, faults) => {
    expect((await sendSpoiled(faults)).body.code).toBe(code);
    expect(api().received).toEqual([]);
  });

  it.each(FAULTS.map(({ code }, index) => [code, index] as const))(
    'names %s when everything after it is wrong, too',
    async (code, index) => {
      expect((await sendSpoiled(FAULTS.slice(index))).body.code).toBe(code);
    },
  );

  it('fetches no keys for a body that is refused', async () => {
    await sendSpoiled(FAULTS.filter(({ code }) => code === 'invalid-body'));
    expect(api().keyServer.requests).toEqual([]);

    await sendSpoiled([]);
    expect(api().keyServer.requests).toHaveLength(1);
  });
});

describe('the path', () => {
  it.each([
    ['room id of 11 characters', { roomId: 'AbCdEfGh123', messageId: 'abc' }],
    ['room id of 13 characters', { roomId: 'AbCdEfGh12345', messageId: 'abc' }],
    ['room id with a line break', { roomId: 'AbCdEfGh1234\n', messageId: 'abc' }],
    ['room ARN', { roomId: 'arn:aws:ivschat:eu-west-1:123456789012:room/AbCdEfGh1234', messageId: 'abc' }],
    ['missing parameter', { roomId: ROOM_ID }],
    ['empty parameter', { roomId: ROOM_ID, messageId: '' }],
    ['parameter that only holds what is right', { roomId: ROOM_ID, messageId: '/abc/' }],
  ])('is refused with a %s', async (_title, path) => {
    expect((await api().send({ ...(await good()), path })).body.code).toBe('invalid-path');
  });

  it('is refused when there is none', async () => {
    const { path: _path, ...sent } = await good();

    expect((await api().send(sent)).body.code).toBe('invalid-path');
  });
});

describe('the work of a route', () => {
  it('is given what was checked, and nothing else that was sent', async () => {
    const sent = await good();
    await api().send({
      ...sent,
      body: '{"text":"x"}',
      path: { ...sent.path, userId: 'somebody-else' },
      headers: { 'x-user-id': 'somebody-else', 'x-amzn-oidc-data': 'forged' },
    });

    expect(api().received).toEqual([
      {
        caller: { userId: expect.stringMatching(/^7d9f1a52-/), role: 'moderator' },
        path: { roomId: ROOM_ID, messageId: 'abc' },
        body: { text: 'x' },
        remainingMs: REMAINING_MS,
      },
    ]);
  });

  it.each([
    ['chat-admins', 201],
    ['chat-moderators', 201],
    ['ex-chat-moderators', 403],
  ])('is for people of %s: %i', async (group, status) => {
    expect((await api().send({ ...(await good()), authorization: await api().bearer(group) })).status).toBe(
      status,
    );
  });
});

describe('a route key that is in no table', () => {
  it.each(['$default', 'GET /rooms/{roomId}/throw', '__proto__', 'constructor', '', `${THROW}/`])(
    '%j is no route',
    async (routeKey) => {
      const answer = await api().send({ ...(await good()), routeKey });

      expect(answer).toMatchObject({ status: 404, body: { code: 'route-not-found' } });
    },
  );
});
