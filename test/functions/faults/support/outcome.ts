import { expect } from 'vitest';
import { type FaultRow, type OperationName, operationsOf } from '../../../support/fault-rows.ts';
import type { ApiAnswer, TestStack } from '../../../support/stack.ts';
import { CALLS, type Caller } from './calls.ts';
import { inject } from './control.ts';
import { faultsOf } from './faults-of.ts';

/** docs/errors.md: "it was tried three times". */
const MAX_ATTEMPTS = 3;

/** What the faults say and nobody outside may learn. */
const SECRETS = ['secret-marker-7f3a', 'arn:aws', '123456789012'];

/** How a call went while IVS Chat was at fault. */
export interface Outcome {
  readonly answer: ApiAnswer;
  readonly ms: number;
  /** Requests that reached IVS Chat; undefined where nothing counts them. */
  readonly attempts?: number;
}

/** Calls the API. */
export async function timedCall(caller: Caller, operation: OperationName): Promise<Outcome> {
  const startedAt = performance.now();
  const answer = await caller.call(operation);
  return { answer, ms: performance.now() - startedAt };
}

/** Makes every call of a row at once (some wait for time-outs), and each once more when its fault is gone. */
export async function expectFaultAndRecovery(stack: TestStack, caller: Caller, row: FaultRow): Promise<void> {
  const check = async (operation: OperationName) => {
    await expectAsRowSays(stack, row, operation, await sufferRow(stack, caller, row, operation));
    expect((await caller.call(operation)).status, operation).toBe(CALLS[operation].status);
  };
  // All have ended before the first failure is told: a fault that is left over would spoil the next row.
  const ended = await Promise.allSettled(operationsOf(row).map(check));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

/** Calls the API while the stand-in suffers the faults of a row, which are gone afterwards. */
async function sufferRow(
  stack: TestStack,
  caller: Caller,
  row: FaultRow,
  operation: OperationName,
): Promise<Outcome> {
  const faults = faultsOf(row);
  const rules = faults.map((fault, index) => ({
    target: 'ivs-chat' as const,
    match: operation,
    ...(index < faults.length - 1 && { times: 1 }),
    fault,
  }));
  const injected = await inject(stack, ...rules);
  try {
    const outcome = await timedCall(caller, operation);
    return { ...outcome, attempts: await injected.applied() };
  } finally {
    await injected.remove();
  }
}

/** Checks everything that a row expects, and what holds for every row. */
export async function expectAsRowSays(
  stack: TestStack,
  row: FaultRow,
  operation: OperationName,
  { answer, ms, attempts }: Outcome,
): Promise<void> {
  const { status, not_status = [], header_present = [], max_attempts = MAX_ATTEMPTS, max_ms } = row.expect;
  const text = JSON.stringify(answer.body);
  const shown = `${operation}: ${answer.status} ${text}`;
  expect(status, shown).toContain(answer.status);
  // A status of IVS Chat that means something else to a caller of ours: sign in, pay, keep out.
  expect([401, 402, 403, ...not_status], shown).not.toContain(answer.status);
  for (const name of header_present) expect(answer.headers.get(name), shown).toMatch(/^[1-9]\d*$/);
  if (attempts !== undefined) {
    expect(attempts, shown).toBeGreaterThanOrEqual(1);
    expect(attempts, shown).toBeLessThanOrEqual(max_attempts);
  }
  if (max_ms !== undefined) expect(ms, shown).toBeLessThan(max_ms);
  for (const secret of [...SECRETS, ...(row.expect.body_must_not_contain ?? [])]) {
    expect(text, shown).not.toContain(secret);
  }
  expectNoSecret([...answer.headers].join('\n'));
  if (answer.status >= 400) await expectProblem(stack, row, answer);
  else expect(answer.status, shown).toBe(CALLS[operation].status);
}

async function expectProblem(stack: TestStack, row: FaultRow, { status, headers, body }: ApiAnswer) {
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  expect(body).toMatchObject({ status, type: `urn:roomkeeper:problem:${String(body.code)}` });
  if (status === 503) expect(headers.get('retry-after')).toBe(String(body.retryAfterSeconds));
  const { code, requestId } = body;
  const line = () => stack.functionLogs.find((entry) => entry.includes(`"${String(requestId)}"`));
  await expect.poll(line).toBeDefined();
  const entry = JSON.parse(line() ?? '') as Record<string, unknown>;
  expect(entry).toMatchObject({ event: 'request', status, code });
  // The other way round would wake somebody up for what mends itself.
  const alarmed = row.expect.alarm ?? ALARM_EXPECTED.has(row.id);
  expect(entry.alarm, `${row.id} ${String(code)}`).toBe(alarmed ? true : undefined);
  expectNoSecret(stack.functionLogs.join('\n'));
}

/** A refusal by IAM, whatever the clocks say. */
const ALARM_EXPECTED = new Set(['access-denied-clock-skew']);

function expectNoSecret(text: string): void {
  for (const secret of SECRETS) expect(text).not.toContain(secret);
}
