import { ATTEMPT_TIMEOUT_MS, MAX_ATTEMPTS } from './limits.ts';
import { classifyUpstreamError, upstreamProblem } from './upstream-failure.ts';

/** Upper ends of the pause before the second attempt; twice that before the third. */
const THROTTLED_PAUSE_MS = 500;
const OTHER_PAUSE_MS = 50;

/**
 * Calls IVS Chat, up to three times, and never beyond `signal`.
 *
 * The SDK's own retries are switched off: they honour a Retry-After of seconds that a Lambda has not got, bound an
 * attempt by its silence only (a body that drips is never silent), and leave the last error behind when time runs out.
 *
 * @param call one attempt; must end when its signal aborts.
 * @param signal the whole phase's end.
 * @param random 0 (inclusive) to 1 (exclusive).
 * @throws ProblemError when the upstream failed; what is not the upstream's failure is thrown as it is.
 */
export async function withAttempts<Answer>(
  call: (signal: AbortSignal) => Promise<Answer>,
  signal: AbortSignal,
  random: () => number,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]);
    try {
      return await call(bounded);
    } catch (error) {
      const failure = classifyUpstreamError(error, bounded.aborted);
      if (!failure) throw error;
      const problem = upstreamProblem(failure.code, error, random);
      if (!failure.retry || attempt === MAX_ATTEMPTS || signal.aborted) throw problem;
      const base = failure.code === 'upstream-throttled' ? THROTTLED_PAUSE_MS : OTHER_PAUSE_MS;
      if (!(await pause(random() * base * attempt, signal))) throw problem;
    }
  }
}

/** @returns false when `signal` aborted meanwhile: then another attempt has no time. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(!signal.aborted);
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
