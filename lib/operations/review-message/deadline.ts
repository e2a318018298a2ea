/** Starts a timer. @returns stops it. */
export type StartTimer = (milliseconds: number, onEnd: () => void) => () => void;

/** The work did not end in time. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Runs work that may be synchronous or not, and gives up on it after a time. The timer never outlives the work.
 *
 * @throws DeadlineError when time is up first, or whatever the work throws.
 */
export async function withinDeadline<Result>(
  work: () => Result | Promise<Result>,
  milliseconds: number,
  startTimer: StartTimer,
): Promise<Result> {
  const timeUp = Promise.withResolvers<never>();
  const stopTimer = startTimer(milliseconds, () => timeUp.reject(new DeadlineError()));
  try {
    return await Promise.race([work(), timeUp.promise]);
  } finally {
    stopTimer();
  }
}
