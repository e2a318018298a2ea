import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaultBoard, type FaultBoard } from '../../../infra/local/faults/board.ts';
import { parseFaultRule } from '../../../infra/local/faults/rule.ts';
import { type Listening, listen } from '../../../infra/local/listen.ts';

const BODY = JSON.stringify({ answer: 'x'.repeat(1000) });

let board: FaultBoard;
let server: Listening;
let worked: number;

beforeEach(async () => {
  board = createFaultBoard();
  worked = 0;
  const listener = board.guard('cognito', (_request, response) => {
    worked += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end(BODY);
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

  it.each([[{ mode: 'truncate' }], [{ mode: 'hang', when: 'body' }]] as const)(
    '%j sends the head and half of the body',
    async (fault) => {
      board.add({ target: 'cognito', fault });
      const response = await call();

      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow();
      expect(worked).toBe(1);
    },
  );

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

describe('a fault rule from outside', () => {
  it.each([
    [null, 'JSON object'],
    [{ target: 'mars', fault: { mode: 'hang' } }, 'target must be one of'],
    [{ target: 'lambda' }, 'fault.mode must be one of'],
    [{ target: 'lambda', fault: { mode: 'explode' } }, 'fault.mode must be one of'],
    [{ target: 'lambda', fault: { mode: 'status', status: 99 } }, 'fault.status'],
    [{ target: 'lambda', fault: { mode: 'status', status: 200.5 } }, 'fault.status'],
    [{ target: 'lambda', fault: { mode: 'status', status: 200, headers: { 'bad name': 'x' } } }, 'bad name'],
    [
      { target: 'lambda', fault: { mode: 'status', status: 200, headers: { a: 'b\nc' } } },
      'Invalid character',
    ],
    [{ target: 'lambda', fault: { mode: 'status', status: 200, headers: { Trailer: 'x' } } }, 'Trailer'],
    [{ target: 'lambda', fault: { mode: 'reset', when: 'afterwards' } }, 'fault.when'],
    [{ target: 'lambda', fault: { mode: 'delay', ms: 1, when: 'before' } }, 'fault.when'],
    [{ target: 'lambda', match: 7, fault: { mode: 'hang' } }, 'match'],
    [{ target: 'lambda', fault: { mode: 'delay', ms: -1 } }, 'fault.ms'],
    [{ target: 'lambda', fault: { mode: 'hang' }, times: 0 }, 'times'],
  ])('%j is refused', (raw, complaint) => {
    expect(() => parseFaultRule(raw)).toThrow(complaint);
  });

  it('is taken when it is right', () => {
    const rule = { target: 'lambda', match: 'review', times: 2, fault: { mode: 'reset', when: 'after' } };

    expect(parseFaultRule(rule)).toEqual(rule);
  });
});
