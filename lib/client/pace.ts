/** Waits before calls that follow each other faster than a person or a session would cause. */
const STEPS_MS = [1000, 2000, 4000] as const;

/** A call that comes later than this after the one before it is not a repeat of it. */
const REPEAT_WINDOW_MS = 10_000;

/** Up to this share is added to every wait, so that the viewers of a room do not come back all at once. */
const JITTER_SHARE = 0.5;

/** Longest wait that is obeyed: beyond it a reload of the page is the likelier remedy (and timers overflow at 24 days). */
const MAX_WAIT_MS = 3_600_000;

/** When the next call may go. */
export interface Pace {
  /** Notes that a call begins. @returns milliseconds to wait first; 0 unless it repeats the call before it. */
  begin(): number;
  /** Notes that the call has ended. @param retryAfterSeconds what the API asked for. */
  end(retryAfterSeconds?: number): void;
}

/**
 * Spreads repeated calls: 1, 2 and then 4 seconds apart or what Retry-After says, with jitter on top.
 *
 * @param now milliseconds; @param random 0 inclusive to 1 exclusive.
 */
export function createPace(now: () => number, random: () => number): Pace {
  let repeats = 0;
  let endedAt = Number.NEGATIVE_INFINITY;
  let owedMs = 0;
  return {
    begin() {
      // A clock that was set back counts as no time passed.
      const passed = Math.max(0, now() - endedAt);
      repeats = passed <= REPEAT_WINDOW_MS ? repeats + 1 : 0;
      return Math.max(0, owedMs - passed);
    },
    end(retryAfterSeconds = 0) {
      endedAt = now();
      const step = STEPS_MS[Math.min(repeats, STEPS_MS.length - 1)] ?? 0;
      owedMs = Math.min(
        MAX_WAIT_MS,
        Math.max(step, retryAfterSeconds * 1000) * (1 + random() * JITTER_SHARE),
      );
    },
  };
}
