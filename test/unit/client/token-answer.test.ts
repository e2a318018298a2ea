import { describe, expect, it } from 'vitest';
import { ROOM_ID, refusalOf, START, useRigs } from './support/provider.ts';
import { problem, type ScriptedAnswer, SESSION_SECONDS, tokenAnswer } from './support/tokens-api.ts';

const rig = useRigs();

const without = (member: string, value?: unknown): ScriptedAnswer => {
  const { body } = tokenAnswer('token-1');
  return { status: 201, body: { ...(body as object), [member]: value } };
};

describe('the call', () => {
  it('posts the profile with the access token to the room', async () => {
    const { provider, api } = await rig([], { profile: { displayName: 'Vi', color: '#00aa99' } });

    await provider();

    const [request] = api.requests;
    expect(request?.method).toBe('POST');
    expect(request?.path).toBe(`/rooms/${ROOM_ID}/tokens`);
    expect(request?.headers.authorization).toBe('Bearer access-1');
    expect(request?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(request?.body ?? '')).toEqual({ displayName: 'Vi', color: '#00aa99' });
  });

  it('takes a base address with a trailing slash and asks for the access token each time', async () => {
    let renewals = 0;
    const { provider, api, time } = await rig([], { getAccessToken: async () => `access-${++renewals}` });
    const slashed = await rig([], { baseUrl: `${api.baseUrl}/` });

    await provider();
    time.now += 60_000;
    await provider();
    await slashed.provider();

    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer access-1',
      'Bearer access-2',
      'Bearer access-1',
    ]);
    expect(api.requests.at(-1)?.path).toBe(`/rooms/${ROOM_ID}/tokens`);
  });

  it('follows no redirect: the access token stays with the API', async () => {
    const elsewhere = await rig([]);
    const { provider } = await rig([{ status: 307, headers: { location: elsewhere.api.baseUrl }, body: '' }]);

    expect((await refusalOf(provider())).code).toBe('network');
    expect(elsewhere.api.requests).toEqual([]);
  });
});

describe('a token', () => {
  it.each([
    ['right', 0],
    ['an hour slow', -3_600_000],
    ['a day fast', 86_400_000],
  ])('ends with the session by a client clock that is %s', async (_title, skew) => {
    const { provider, time } = await rig([tokenAnswer('token-1', START)]);
    time.now += skew;

    const token = await provider();

    expect(token).toEqual({
      token: 'token-1',
      sessionExpirationTime: new Date(START + SESSION_SECONDS * 1000),
      tokenExpirationTime: new Date(START + skew + SESSION_SECONDS * 1000),
    });
  });

  it.each<[string, ScriptedAnswer]>([
    ['no JSON', { status: 201, body: '<html>' }],
    ['null', { status: 201, body: 'null' }],
    ['no token', without('token')],
    ['an empty token', without('token', '')],
    ['a token that no WebSocket subprotocol can carry', without('token', 'a=b/c')],
    ['no session length', without('sessionSeconds')],
    ['a session length as text', without('sessionSeconds', '3600')],
    ['a session of no time', without('sessionSeconds', 0)],
    ['a session longer than IVS permits', without('sessionSeconds', 10_801)],
    ['an end of session that is no instant', without('sessionExpirationTime', 'soon')],
  ])('is refused when the answer is or has %s', async (_title, answer) => {
    const { provider } = await rig([answer]);

    expect(await refusalOf(provider())).toMatchObject({ code: 'invalid-answer', status: 201 });
  });
});

describe('a failure', () => {
  it('carries what the problem says, and no secret', async () => {
    const { provider, errors } = await rig([problem(503, 'upstream-throttled', { retryAfterSeconds: 7 })]);

    const error = await refusalOf(provider());

    expect(error).toMatchObject({
      code: 'upstream-throttled',
      status: 503,
      retryAfterSeconds: 7,
      requestId: 'r-1',
    });
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain('access-1');
    expect(errors).toEqual(['upstream-throttled']);
  });

  it.each<[string, ScriptedAnswer, string]>([
    [
      'a gateway without a problem body',
      { status: 503, body: { message: 'Service Unavailable' } },
      'http-503',
    ],
    ['a proxy with a page', { status: 502, body: '<html>' }, 'http-502'],
    ['a code that is not one of ours', problem(500, 'No such code!'), 'http-500'],
    ['a broken connection', { fault: 'reset' }, 'network'],
  ])('of %s has a code', async (_title, answer, code) => {
    const { provider } = await rig([answer]);

    expect((await refusalOf(provider())).code).toBe(code);
  });

  it('of an API that hangs is a time-out', async () => {
    const { provider } = await rig([{ fault: 'hang' }], { timeoutMs: 50 });

    expect((await refusalOf(provider())).code).toBe('timeout');
  });

  it.each<[string, () => Promise<string> | string]>([
    ['rejects', () => Promise.reject(new Error('signed out'))],
    [
      'throws',
      () => {
        throw new Error('signed out');
      },
    ],
    ['gives nothing', () => ''],
  ])('of a getAccessToken that %s costs no call', async (_title, getAccessToken) => {
    const { provider, api } = await rig([], { getAccessToken });

    expect((await refusalOf(provider())).code).toBe('no-access-token');
    expect(api.requests).toEqual([]);
  });
});
