import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES, ProblemError } from '../../../lib/errors/index.ts';
import { ANYTHING, ECHO, OPEN, ROOM_ID, THROW } from './support/api.ts';
import { REQUEST_ID, type Sent, SOURCE_IP } from './support/event.ts';
import { useApi } from './support/use-api.ts';

const api = useApi();
const path = { roomId: ROOM_ID };

describe('the log of a request', () => {
  it('that succeeds is one entry', async () => {
    await api().send({ routeKey: ANYTHING, path, authorization: await api().bearer() });
    await api().send({ routeKey: OPEN });

    expect(api().logged).toEqual([
      { event: 'request', route: ANYTHING, status: 201, latencyMs: 0, requestId: REQUEST_ID },
      { event: 'request', route: OPEN, status: 200, latencyMs: 0, requestId: REQUEST_ID },
    ]);
  });

  it('that is refused names the code, and no causes', async () => {
    await api().send({ routeKey: ECHO, path, authorization: 'Bearer x' });

    expect(api().logged).toEqual([
      {
        event: 'request',
        route: ECHO,
        status: 401,
        code: 'invalid-token',
        latencyMs: 0,
        requestId: REQUEST_ID,
      },
    ]);
  });

  it('that matches no route does not repeat its key', async () => {
    await api().send({ routeKey: 'GET /canary-key' });

    expect(api().logged).toMatchObject([{ route: 'none', status: 404, code: 'route-not-found' }]);
    expect(JSON.stringify(api().logged)).not.toContain('canary');
  });

  it('that fails names its causes, their messages never, and how long it took', async () => {
    const root = Object.assign(new Error('canary-root'), { name: 'TimeoutError' });
    api().thrown = new ProblemError('upstream-timeout', { cause: new TypeError('canary', { cause: root }) });
    await api().send({ routeKey: THROW, path, authorization: await api().bearer() });

    expect(api().logged).toEqual([
      {
        event: 'request',
        route: THROW,
        status: 504,
        code: 'upstream-timeout',
        causes: ['TypeError', 'TimeoutError'],
        latencyMs: 12.3,
        requestId: REQUEST_ID,
      },
    ]);
  });

  it.each(['canary-7f3a arn:aws:x', 'canary', `C${'a'.repeat(64)}`, ''])(
    'that fails repeats no name that an upstream may have chosen (case %#)',
    async (name) => {
      api().thrown = new ProblemError('upstream-rejected', {
        cause: Object.assign(new Error('x'), { name }),
      });
      await api().send({ routeKey: THROW, path, authorization: await api().bearer() });

      expect(api().logged).toMatchObject([{ causes: ['Error'] }]);
    },
  );

  it('that fails asks for an alarm when nothing but an operator can mend it, and then only', async () => {
    for (const code of PROBLEM_CODES) {
      api().thrown = new ProblemError(code);
      await api().send({ routeKey: THROW, path, authorization: await api().bearer() });
    }

    const alarmed = api().logged.filter((entry) => 'alarm' in entry && entry.alarm !== undefined);
    expect(alarmed.map(({ code, alarm }) => [code, alarm])).toEqual([
      ['upstream-refused', true],
      ['upstream-quota-exceeded', true],
      ['upstream-account-pending', true],
    ]);
  });

  it('that fails in a loop of causes ends', async () => {
    const loop = new Error('canary');
    loop.cause = loop;
    api().thrown = loop;
    await api().send({ routeKey: THROW, path, authorization: await api().bearer() });

    expect(api().logged).toMatchObject([{ causes: ['Error', 'Error', 'Error', 'Error', 'Error'] }]);
  });

  it('holds nothing that was sent', async () => {
    const bearer = await api().bearer('canary-group', 'chat-moderators');
    const all: Sent = {
      routeKey: ECHO,
      authorization: bearer,
      path: { roomId: ROOM_ID, messageId: 'abc' },
      body: '{"text":"canary-text"}',
      headers: { 'x-canary': 'canary-header', cookie: 'canary-cookie' },
    };
    const refused: readonly Sent[] = [
      { ...all, body: '{"canary-key":"canary"}' },
      { ...all, body: '{"canary' },
      { ...all, body: '{"__proto__":"canary"}' },
      { ...all, contentType: 'text/canary' },
      { ...all, authorization: 'Bearer canary' },
      { ...all, authorization: 'canary' },
      { ...all, path: { roomId: 'canary', messageId: 'canary' } },
      { ...all, path: { roomId: 'canaryRoom12', messageId: 'abc' } },
      { ...all, authorization: await api().bearer('canary-group') },
      { ...all, authorization: `${bearer}canary` },
    ];

    expect((await api().send(all)).status).toBe(201);
    for (const sent of refused) expect((await api().send(sent)).status).toBeGreaterThanOrEqual(400);

    const text = JSON.stringify(api().logged);
    expect(api().logged).toHaveLength(1 + refused.length);
    expect(text).not.toMatch(/canary/i);
    for (const secret of [bearer.slice(7), ROOM_ID, SOURCE_IP, '7d9f1a52'])
      expect(text).not.toContain(secret);
  });
});
