import { describe, expect, it } from 'vitest';
import { PROBLEMS, type ProblemCode, ProblemError } from '../../../lib/errors/index.ts';
import { ANYTHING, type Answer, ECHO, OPEN, ROOM_ID, THROW } from './support/api.ts';
import { REQUEST_ID, type Sent } from './support/event.ts';
import { useApi } from './support/use-api.ts';

const api = useApi();
const path = { roomId: ROOM_ID };

const CANARY = 'canary-1202 arn:aws:ivschat:eu-west-1:123456789012:room/x';

async function send(sent: Partial<Sent> = {}): Promise<Answer> {
  return api().send({ routeKey: ANYTHING, path, authorization: await api().bearer(), ...sent });
}

async function sendToThrow(thrown: unknown): Promise<Answer> {
  api().thrown = thrown;
  return send({ routeKey: THROW });
}

describe('problem details', () => {
  it.each(Object.keys(PROBLEMS) as ProblemCode[])('of %s are what RFC 9457 asks for', async (code) => {
    const answer = await sendToThrow(new ProblemError(code));
    const { status, title, description } = PROBLEMS[code];

    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(answer.body).toEqual({
      type: `urn:roomkeeper:problem:${code}`,
      title,
      status,
      detail: description,
      code,
      requestId: REQUEST_ID,
    });
  });

  it('say what an occurrence adds, and never its cause', async () => {
    const answer = await sendToThrow(
      new ProblemError('upstream-throttled', {
        detail: 'Too many at once.',
        retryAfterSeconds: 3,
        errors: [{ pointer: '/a', detail: 'no' }],
        cause: new Error(CANARY),
      }),
    );

    expect(answer.headers['retry-after']).toBe('3');
    expect(answer.body).toEqual({
      type: 'urn:roomkeeper:problem:upstream-throttled',
      title: 'Chat service busy',
      status: 503,
      detail: 'Too many at once.',
      code: 'upstream-throttled',
      requestId: REQUEST_ID,
      retryAfterSeconds: 3,
      errors: [{ pointer: '/a', detail: 'no' }],
    });
  });

  it('name a wait only where there is one', async () => {
    const { headers, body } = await sendToThrow(new ProblemError('upstream-timeout'));

    expect(headers).not.toHaveProperty('retry-after');
    expect(body).not.toHaveProperty('retryAfterSeconds');
  });

  it('of keys that cannot be read name a wait', async () => {
    await api().keyServer.close();
    const answer = await send();

    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': '2' },
      body: { code: 'jwks-unavailable', retryAfterSeconds: 2 },
    });
    expect(answer.headers).not.toHaveProperty('www-authenticate');
  });
});

describe('WWW-Authenticate', () => {
  it.each<[string, string | undefined, string]>([
    ['no credentials', undefined, 'Bearer realm="roomkeeper"'],
    ['credentials of another scheme', 'Basic dmk6eA==', 'Bearer realm="roomkeeper"'],
    ['a token that is none', 'Bearer x', 'Bearer realm="roomkeeper", error="invalid_token"'],
    ['an empty token', 'Bearer ', 'Bearer realm="roomkeeper", error="invalid_token"'],
  ])('for %s', async (_title, authorization, challenge) => {
    expect(await send({ authorization })).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': challenge },
    });
  });

  it('goes with 401 alone', async () => {
    const answer = await send({ routeKey: ECHO, path: { ...path, messageId: 'abc' } });

    expect(answer.status).toBe(403);
    expect(answer.headers).not.toHaveProperty('www-authenticate');
  });
});

describe('an answer', () => {
  it('is JSON that nobody keeps', async () => {
    const answer = await send({ body: '{"text":"hé"}' });

    expect(answer).toMatchObject({ status: 201, text: '{"body":{"text":"hé"}}' });
    expect(answer.headers).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
  });

  it('of an open route needs no credentials, and minds none', async () => {
    expect(await api().send({ routeKey: OPEN })).toMatchObject({ status: 200, body: { open: true } });
    expect((await api().send({ routeKey: OPEN, authorization: 'Bearer x' })).status).toBe(200);
    expect((await api().send({ routeKey: OPEN, body: 'not even JSON' })).status).toBe(200);
  });
});

/** Errors that look as if they were meant for the client. */
const dressedUp = Object.assign(new Error(CANARY), {
  name: 'CanaryException1202',
  statusCode: 200,
  status: 403,
  code: 'role-too-low',
  expose: true,
  detail: CANARY,
  headers: { 'x-canary': CANARY },
});

describe('an unexpected throw', () => {
  it.each<[string, unknown]>([
    ['an error', new Error(CANARY)],
    ['an error with a cause', new TypeError('x', { cause: new Error(CANARY) })],
    ['an error that looks like an answer', dressedUp],
    ['text', CANARY],
    ['an object', { statusCode: 200, body: CANARY }],
    ['null', null],
    ['undefined', undefined],
  ])('of %s is answered as internal', async (_title, thrown) => {
    const answer = await sendToThrow(thrown);

    expect(answer.status).toBe(500);
    expect(answer.body).toEqual({
      type: 'urn:roomkeeper:problem:internal',
      title: 'Internal error',
      status: 500,
      detail: PROBLEMS.internal.description,
      code: 'internal',
      requestId: REQUEST_ID,
    });
    expect(JSON.stringify([answer, api().logged])).not.toContain('canary-1202');
    expect(answer.text).not.toMatch(/Canary|\bat \w+.*:\d+/);
    expect(api().logged).toMatchObject([{ status: 500, code: 'internal' }]);
  });
});
