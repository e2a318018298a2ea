import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_ATTEMPTS, UPSTREAM_BUDGET_MS } from '../../../lib/chat/index.ts';
import {
  type FaultRow,
  type OperationName,
  operationsOf,
  playsOf,
  rowsOf,
} from '../../support/fault-rows.ts';
import {
  CALLS,
  createChat,
  createClient,
  OPERATIONS,
  type Outcome,
  outcomeOf,
} from './support/chat-calls.ts';
import { type IvsServer, startIvsServer } from './support/ivs-server.ts';

/** No call may take longer, whatever the other side does. */
const CALL_MAX_MS = 8000;

let server: IvsServer;
let chat: ReturnType<typeof createChat>;
const slowOutcomes = new Map<string, Promise<Outcome>>();

/** Rows that a server plays. */
const serverRows: readonly FaultRow[] = [...rowsOf('answer'), ...rowsOf('connection')];

/** Rows in which every attempt runs out of its time. */
const isSlow = (row: FaultRow) =>
  playsOf(row).some((play) => play !== 'OK' && ('hang' in play || 'drip_ms' in play));

const roomOf = (row: FaultRow, operation: OperationName) =>
  `R${String(serverRows.indexOf(row)).padStart(2, '0')}${operation}`.slice(0, 12).padEnd(12, 'x');

function suffer(row: FaultRow, operation: OperationName): Promise<Outcome> {
  const roomId = roomOf(row, operation);
  server.script(roomId, ...playsOf(row));
  return outcomeOf(operation, CALLS[operation](chat, roomId, AbortSignal.timeout(UPSTREAM_BUDGET_MS)));
}

const cases = serverRows.flatMap((row) =>
  operationsOf(row).map((operation) => [row.id, operation, row] as const),
);

beforeAll(async () => {
  server = await startIvsServer();
  chat = createChat(createClient(server.origin));
  // These wait for time-outs, so they wait together.
  for (const [id, operation, row] of cases) {
    if (isSlow(row)) slowOutcomes.set(id + operation, suffer(row, operation));
  }
});
afterAll(async () => server.close());

describe('a fault of IVS Chat', () => {
  it.each(cases)(
    '%s at %s is answered as the case says',
    async (id, operation, row) => {
      const outcome = await (slowOutcomes.get(id + operation) ?? suffer(row, operation));

      const { status, not_status = [], header_present = [], max_attempts = MAX_ATTEMPTS } = row.expect;
      expect(status, outcome.body).toContain(outcome.status);
      expect([401, 402, ...(not_status ?? [])]).not.toContain(outcome.status);
      if (header_present.includes('retry-after')) expect(outcome.retryAfterSeconds).toBeGreaterThan(0);
      for (const secret of [...(row.expect.body_must_not_contain ?? []), 'secret-marker', 'arn:aws']) {
        expect(outcome.body).not.toContain(secret);
      }
      const attempts = server.received(roomOf(row, operation)).map((request) => request.operation);
      expect(attempts.length).toBeLessThanOrEqual(max_attempts);
      expect(new Set(attempts)).toEqual(new Set([operation]));
    },
    CALL_MAX_MS,
  );
});

describe('an error that IVS Chat names', () => {
  it.each([
    ['ThrottlingException', 429, 'upstream-throttled', 3],
    ['ThrottlingException', 400, 'upstream-throttled', 3],
    ['TooManyRequestsException', 400, 'upstream-throttled', 3],
    ['ServiceQuotaExceededException', 402, 'upstream-quota-exceeded', 1],
    ['ServiceQuotaExceededException', 400, 'upstream-quota-exceeded', 1],
    ['PendingVerification', 403, 'upstream-account-pending', 1],
    ['AccessDeniedException', 403, 'upstream-refused', 1],
    ['AccessDeniedException', 400, 'upstream-refused', 1],
    ['InvalidSignatureException', 400, 'upstream-refused', 1],
    ['RequestExpired', 400, 'upstream-refused', 1],
    ['ExpiredTokenException', 403, 'upstream-refused', 1],
    ['UnrecognizedClientException', 401, 'upstream-refused', 1],
    ['ResourceNotFoundException', 404, 'room-not-found', 1],
    ['UnknownOperationException', 404, 'upstream-rejected', 1],
    ['ValidationException', 400, 'upstream-rejected', 1],
    ['ConflictException', 409, 'upstream-rejected', 1],
    ['InternalServerException', 500, 'upstream-unavailable', 3],
    ['ServiceUnavailable', 503, 'upstream-unavailable', 3],
    ['constructor', 403, 'upstream-refused', 1],
  ] as const)('%s with %i counts as %s and is attempted %i times', async (name, status, code, attempts) => {
    const roomId = `N${status}${name}`.slice(0, 12).padEnd(12, 'x');
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': name };
    server.script(roomId, { status, headers, body: { message: 'no' } });

    const outcome = await outcomeOf(
      'SendEvent',
      CALLS.SendEvent(chat, roomId, AbortSignal.timeout(CALL_MAX_MS)),
    );

    expect(outcome.code).toBe(code);
    expect(server.received(roomId)).toHaveLength(attempts);
  });
});

describe('a status that tells IVS Chat’s own clients to change something', () => {
  const statuses = [400, 401, 402, 403, 404, 407, 409, 410, 413, 415, 418, 429, 451];
  it.each(statuses.flatMap((status) => OPERATIONS.map((operation) => [status, operation] as const)))(
    '%i without a known error type, at %s, is never copied',
    async (status, operation) => {
      const roomId = `S${status}${operation}`.slice(0, 12).padEnd(12, 'x');
      server.script(roomId, {
        status,
        headers: { 'content-type': 'application/json' },
        body: { message: 'no' },
      });

      const outcome = await outcomeOf(
        operation,
        CALLS[operation](chat, roomId, AbortSignal.timeout(CALL_MAX_MS)),
      );

      expect(outcome.status).toBeGreaterThanOrEqual(502);
      expect(outcome.code).toMatch(/^upstream-/);
    },
  );
});
