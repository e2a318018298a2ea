import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ATTEMPT_TIMEOUT_MS,
  FUNCTION_RESERVE_MS,
  MAX_ATTEMPTS,
  UPSTREAM_BUDGET_MS,
  upstreamSignal,
} from '../../../lib/chat/index.ts';
import { upstreamProblem } from '../../../lib/chat/upstream-failure.ts';
import { PROBLEM_CODES, PROBLEMS } from '../../../lib/errors/index.ts';
import type { Play } from '../../support/fault-rows.ts';
import { CALLS, type Client, createChat, createClient, OPERATIONS, outcomeOf } from './support/chat-calls.ts';
import { type IvsServer, startIvsServer } from './support/ivs-server.ts';

const THROTTLED: Play = {
  status: 429,
  headers: { 'x-amzn-errortype': 'ThrottlingException' },
  body: { message: 'slow down' },
};
const UNAVAILABLE: Play = { status: 503, headers: {}, body: {} };

let server: IvsServer;
let client: Client;
let rooms = 0;
const newRoom = () => `Room${String(rooms++).padStart(8, '0')}`;

beforeAll(async () => {
  server = await startIvsServer();
  client = createClient(server.origin);
});
afterAll(async () => server.close());

describe('a call of IVS Chat', () => {
  it.each(OPERATIONS)(
    '%s ends at once when its caller gives up, and is not repeated',
    async (operation) => {
      const roomId = newRoom();
      server.script(roomId, { hang: 'before_headers' });
      const giveUp = new AbortController();
      const call = outcomeOf(operation, CALLS[operation](createChat(client), roomId, giveUp.signal));
      await expect.poll(() => server.received(roomId).length, { interval: 5 }).toBe(1);

      giveUp.abort();

      expect(await call).toMatchObject({ code: 'upstream-timeout', status: 504 });
      expect(server.received(roomId)).toHaveLength(1);
    },
    // Before the attempt would end by itself.
    ATTEMPT_TIMEOUT_MS - 300,
  );

  it('is not made when its caller has given up before', async () => {
    const roomId = newRoom();

    const outcome = await outcomeOf(
      'SendEvent',
      CALLS.SendEvent(createChat(client), roomId, AbortSignal.abort()),
    );

    expect(outcome.code).toBe('upstream-timeout');
    expect(server.received(roomId)).toEqual([]);
  });

  it('has no other attempt when its budget ends during the pause, and says what the last one met', async () => {
    const roomId = newRoom();
    server.script(roomId, THROTTLED);
    const giveUp = new AbortController();
    // The longest pause: almost half a second, of which only the beginning is waited for.
    const call = outcomeOf(
      'SendEvent',
      CALLS.SendEvent(
        createChat(client, () => 0.999),
        roomId,
        giveUp.signal,
      ),
    );
    await expect.poll(() => server.received(roomId).length, { interval: 5 }).toBe(1);
    setTimeout(() => giveUp.abort(), 100);

    expect(await call).toMatchObject({ code: 'upstream-throttled', retryAfterSeconds: 5 });
    expect(server.received(roomId)).toHaveLength(1);
  });

  it.each([
    ['a throttled call', THROTTLED],
    ['a failed call', UNAVAILABLE],
  ])(`${MAX_ATTEMPTS} times in all, %s is attempted`, async (_what, play) => {
    const roomId = newRoom();
    server.script(roomId, play);

    await outcomeOf('SendEvent', CALLS.SendEvent(createChat(client), roomId, AbortSignal.timeout(8000)));

    expect(server.received(roomId)).toHaveLength(MAX_ATTEMPTS);
  });
});

describe('the signal of a request', () => {
  it('has aborted soon when the function has no time left for IVS Chat', async () => {
    const signal = upstreamSignal(FUNCTION_RESERVE_MS);

    await expect.poll(() => signal.aborted).toBe(true);
  });

  it('has not aborted while there is time', async () => {
    const signal = upstreamSignal(UPSTREAM_BUDGET_MS + FUNCTION_RESERVE_MS);
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(signal.aborted).toBe(false);
  });
});

describe('a problem of an upstream', () => {
  const upstreamCodes = PROBLEM_CODES.filter((code) => code.startsWith('upstream-'));

  it.each(upstreamCodes)('%s says when to come back exactly if its status is 503', (code) => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random) => {
        const { retryAfterSeconds } = upstreamProblem(code, undefined, () => random);
        expect(retryAfterSeconds !== undefined).toBe(PROBLEMS[code].status === 503);
        if (retryAfterSeconds === undefined) return;
        expect(Number.isInteger(retryAfterSeconds)).toBe(true);
        expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it.each(['upstream-throttled', 'upstream-unavailable'] as const)(
    '%s spreads those who come back over 1 to 5 seconds',
    (code) => {
      const seconds = [0, 0.2, 0.4, 0.6, 0.8, 0.999].map(
        (random) => upstreamProblem(code, undefined, () => random).retryAfterSeconds,
      );
      expect(seconds).toEqual([1, 2, 3, 4, 5, 5]);
    },
  );
});
