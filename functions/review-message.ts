import { readReviewEnvironment } from '../lib/environment.ts';
import { DEFAULT_POLICY } from '../lib/moderation/index.ts';
import { cacheEngines, reviewMessage } from '../lib/operations/review-message/index.ts';

const engineFor = cacheEngines();
// Compiled while the function starts, not while the first message waits.
engineFor(DEFAULT_POLICY);

/** Invoked by IVS Chat for every message, synchronously: request and answer are plain JSON, without an envelope. */
export const handler = reviewMessage({
  ...readReviewEnvironment(),
  policyOf: () => DEFAULT_POLICY,
  engineFor,
  now: () => performance.now(),
  startTimer: (milliseconds, onEnd) => {
    const timer = setTimeout(onEnd, milliseconds);
    return () => clearTimeout(timer);
  },
  log: (entry) => console.log(JSON.stringify(entry)),
});
