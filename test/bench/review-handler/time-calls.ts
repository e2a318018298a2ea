import { mean, percentile } from '../statistics.ts';

/** How IVS Chat asks for a decision. */
export type ReviewHandler = (event: unknown) => Promise<unknown>;

export interface CallFigures {
  readonly meanUs: number;
  readonly p99Us: number;
}

/** Calls the handler with every event in turn, one call at a time, until there were `calls` of them. */
export async function timeCalls(
  handler: ReviewHandler,
  events: readonly unknown[],
  calls: number,
): Promise<CallFigures> {
  const microseconds = new Float64Array(calls);
  for (let call = 0; call < calls; call += 1) {
    const event = events[call % events.length];
    const begun = performance.now();
    await handler(event);
    microseconds[call] = (performance.now() - begun) * 1000;
  }
  return { meanUs: mean(microseconds), p99Us: percentile(microseconds, 99) };
}
