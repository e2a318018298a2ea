import { type Parsed, parseMembers, type Shape } from './members.ts';
import type { Pool } from './pool.ts';

/** An operation of the API: reads its input, then works on the pool. */
export type Operation = (pool: Pool, input: Readonly<Record<string, unknown>>) => Promise<object>;

/** @param run returns the operation's output, in the service model's names; times in seconds since the epoch. */
export function operation<S extends Shape>(
  shape: S,
  run: (pool: Pool, input: Parsed<S>) => object | Promise<object>,
): Operation {
  return async (pool, input) => run(pool, parseMembers(shape, input));
}

/** A timestamp of the AWS JSON protocol: seconds since the epoch, with milliseconds as decimals. */
export function timestamp(milliseconds: number): number {
  return milliseconds / 1000;
}
