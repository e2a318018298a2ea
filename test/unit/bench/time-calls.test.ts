import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { timeBatch, timeP99 } from '../../bench/review-handler/time-calls.ts';

/** Milliseconds. Every reading of the clock takes one, and a call as many as its event says. */
let now = 0;
let handled: unknown[];
beforeEach(() => {
  now = 0;
  handled = [];
  vi.spyOn(performance, 'now').mockImplementation(() => now++);
});
afterEach(() => vi.restoreAllMocks());

const handler = async (event: unknown) => {
  handled.push(event);
  now += event as number;
};

it('a batch reads the clock before its first and after its last call alone', async () => {
  // Four calls of 10, 20, 10 and 20 ms, and one reading.
  expect(await timeBatch(handler, [10, 20], 4)).toBe(61_000 / 4);
  expect(handled).toEqual([10, 20, 10, 20]);
});

it('the 99th percentile is that of calls timed one by one', async () => {
  expect(await timeP99(handler, [10, 30, 20], 6)).toBe(31_000);
  expect(handled).toEqual([10, 30, 20, 10, 30, 20]);
});
