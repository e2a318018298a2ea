import { percentile } from '../statistics.ts';

/** How IVS Chat asks for a decision. */
export type ReviewHandler = (event: unknown) => Promise<unknown>;

/**
 * Calls the handler with every event in turn, one call at a time, until there were `calls` of them. The clock is read before
 * the first and after the last alone: reading it takes as long as a handler that does nothing.
 *
 * @returns microseconds a call.
 */
export async function timeBatch(
  handler: ReviewHandler,
  events: readonly unknown[],
  calls: number,
): Promise<number> {
  const begun = performance.now();
  for (let call = 0; call < calls; call += 1) await handler(events[call % events.length]);
  return ((performance.now() - begun) * 1000) / calls;
}

/**
 * The same calls, each timed by itself.
 *
 * @returns microseconds that 99 % of the calls do not exceed; reading the clock is in them.
 */
export async function timeP99(
  handler: ReviewHandler,
  events: readonly unknown[],
  calls: number,
): Promise<number> {
  const microseconds = new Float64Array(calls);
  for (let call = 0; call < calls; call += 1) {
    const event = events[call % events.length];
    const begun = performance.now();
    await handler(event);
    microseconds[call] = (performance.now() - begun) * 1000;
  }
  return percentile(microseconds, 99);
}
