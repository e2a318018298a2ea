import type { Clock } from '../../clock.ts';

/** The longest time that a timer can be set for. */
const TIMER_MAXIMUM_MS = 2 ** 31 - 1;

/**
 * Calls `run` once when the clock reaches `at`, whether time passes or the clock is advanced.
 *
 * @param at milliseconds since the epoch.
 * @returns cancels it.
 */
export function atTime(clock: Pick<Clock, 'now' | 'onAdvance'>, at: number, run: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const cancel = () => {
    clearTimeout(timer);
    stopListening();
  };
  const judge = () => {
    clearTimeout(timer);
    const remaining = at - clock.now();
    if (remaining > 0) {
      timer = setTimeout(judge, Math.min(remaining, TIMER_MAXIMUM_MS)).unref();
      return;
    }
    cancel();
    run();
  };
  const stopListening = clock.onAdvance(judge);
  judge();
  return cancel;
}
