import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaultBoard, type FaultBoard } from '../../../infra/local/faults/board.ts';
import { type Listening, listen } from '../../../infra/local/listen.ts';

const BODY = JSON.stringify({ answer: 'x'.repeat(1000) });

let board: FaultBoard;
let server: Listening;
let worked: number;

beforeEach(async () => {
  board = createFaultBoard(() => Date.parse('2026-01-01T00:00:00Z'));
  worked = 0;
  const listener = board.guard('cognito', (request, response) => {
    worked += 1;
    if (request.url === '/empty') response.writeHead(204, { 'x-head': 'whole' }).end();
    else if (request.url === '/broken') response.destroy();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(BODY);
  });
  server = await listen(createServer(listener), 0);
});
afterEach(() => server.close());

const call = (path = '/', init: RequestInit = {}) =>
  fetch(`${server.origin}${path}`, { signal: AbortSignal.timeout(300), ...init });

describe('a fault in front of a stand-in', () => {
  it('answers with a status of its own; the stand-in does not see the request', async () => {
    board.add({
      target: 'cognito',
      fault: { mode: 'status', status: 503, headers: { 'x-fault': 'yes' }, body: { message: 'no' } },
    });
    const response = await call();

    expect(response.status).toBe(503);
    expect(response.headers.get('x-fault')).toBe('yes');
    expect(await response.json()).toEqual({ message: 'no' });
    expect(worked).toBe(0);
  });

  it.each([
    [{ mode: 'reset' }, 0],
    [{ mode: 'reset', when: 'after' }, 1],
    [{ mode: 'hang' }, 0],
    [{ mode: 'hang', when: 'headers' }, 1],
  ] as const)('%j gives no answer; the stand-in works %i times', async (fault, times) => {
    board.add({ target: 'cognito', fault });

    await expect(call()).rejects.toThrow();
    expect(worked).toBe(times);
  });

  it.each([
    [{ mode: 'truncate' }],
    [{ mode: 'hang', when: 'body' }],
    [{ mode: 'reset', when: 'body' }],
  ] as const)('%j sends the head and half of the body', async (fault) => {
    board.add({ target: 'cognito', fault });
    const response = await call();

    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(worked).toBe(1);
  });

  it.each([
    [{ mode: 'truncate' }],
    [{ mode: 'hang', when: 'body' }],
    [{ mode: 'reset', when: 'body' }],
  ] as const)('%j breaks an answer without a body in its head', async (fault) => {
    board.add({ target: 'cognito', fault });

    await expect(call('/empty')).rejects.toThrow();
    expect(worked).toBe(1);
  });

  it('drips: the head at once, the body byte by byte', async () => {
    board.add({ target: 'cognito', fault: { mode: 'drip', ms: 1 } });
    const response = await call('/', { signal: AbortSignal.timeout(10_000) });
    const pieces: Uint8Array[] = [];
    for await (const piece of response.body ?? []) pieces.push(piece);

    expect(Buffer.concat(pieces).toString()).toBe(BODY);
    expect(pieces.length).toBeGreaterThan(BODY.length / 4);
    expect(worked).toBe(1);
  });

  it('lets the head drip when there is no body', async () => {
    board.add({ target: 'cognito', fault: { mode: 'drip', ms: 5 } });

    await expect(call('/empty')).rejects.toThrow();
    const response = await call('/empty', { signal: AbortSignal.timeout(10_000) });
    expect([response.status, response.headers.get('x-head')]).toEqual([204, 'whole']);
  });

  it.each([[{ mode: 'truncate' }], [{ mode: 'drip', ms: 1 }], [{ mode: 'hang', when: 'headers' }]] as const)(
    '%j ends the connection when the stand-in gives no answer itself',
    async (fault) => {
      board.add({ target: 'cognito', fault });

      await expect(call('/broken')).rejects.toThrow('fetch failed');
      expect(worked).toBe(1);
    },
  );

  it('answers with a text as it is, and with a date of its own', async () => {
    board.add({
      target: 'cognito',
      fault: {
        mode: 'status',
        status: 502,
        headers: { 'content-type': 'text/html', date: '{{NOW+900s}}', 'x-was': 'before {{NOW-60s}}' },
        body: '<html>',
      },
    });
    const response = await call();

    expect(await response.text()).toBe('<html>');
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('date')).toBe('Thu, 01 Jan 2026 00:15:00 GMT');
    expect(response.headers.get('x-was')).toBe('before Wed, 31 Dec 2025 23:59:00 GMT');
  });

  it('delays', async () => {
    board.add({ target: 'cognito', fault: { mode: 'delay', ms: 60 } });
    const startedAt = performance.now();

    expect(await (await call()).text()).toBe(BODY);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55);
  });

  it('applies as often as asked, in the order in which faults were added', async () => {
    board.add({ target: 'cognito', times: 1, fault: { mode: 'status', status: 500 } });
    board.add({ target: 'cognito', times: 2, fault: { mode: 'status', status: 501 } });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await call()).status);

    expect(statuses).toEqual([500, 501, 501, 200]);
    expect(board.list().map(({ applied }) => applied)).toEqual([1, 2]);
  });

  it.each([
    ['another target', { target: 'lambda' }, '/', {}],
    ['another path', { target: 'cognito', match: 'CreateRoom' }, '/ListRooms', {}],
    ['another method', { target: 'cognito', method: 'GET' }, '/', { method: 'POST' }],
  ] as const)('leaves requests to %s alone', async (_name, rule, path, init) => {
    board.add({ ...rule, fault: { mode: 'status', status: 500 } });

    expect((await call(path, init)).status).toBe(200);
  });

  it('finds an operation by its x-amz-target', async () => {
    board.add({ target: 'cognito', match: 'InitiateAuth', fault: { mode: 'status', status: 500 } });
    const headers = { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' };

    expect((await call('/', { headers })).status).toBe(500);
    expect((await call()).status).toBe(200);
  });

  it('ends when it is removed', async () => {
    const id = board.add({ target: 'cognito', fault: { mode: 'status', status: 500 } });

    expect(board.remove(id)).toBe(true);
    expect(board.remove(id)).toBe(false);
    expect((await call()).status).toBe(200);
  });
});

describe('a fault that makes no sense in front of its target', () => {
  it('is refused', () => {
    expect(() => board.add({ target: 'ivs-chat-messaging', fault: { mode: 'drip', ms: 1 } })).toThrow(
      'has no body',
    );
    expect(board.list()).toEqual([]);
  });
});
