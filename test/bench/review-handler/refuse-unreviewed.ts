import { eventWith } from '../../unit/review-message/reviewer.ts';
import { BenchmarkError } from '../part.ts';
import type { MessageSet } from './messages.ts';
import type { ReviewHandler } from './time-calls.ts';

/** Codes of a denial that no rule has given (docs/review.md, "Reasons"): the message was not looked at. */
const WITHOUT_REVIEW: readonly string[] = ['unavailable', 'invalid'];

/**
 * Asks for a decision on every message once: a handler that does not review what is measured is fast.
 *
 * @throws BenchmarkError when it denies a harmless message, or answers any message without having reviewed it.
 */
export async function refuseUnreviewed(handler: ReviewHandler, sets: readonly MessageSet[]): Promise<void> {
  const harmless = await handler(eventWith({ Content: 'hello' }));
  if (resultOf(harmless) !== 'ALLOW') {
    throw new BenchmarkError(`The review handler answers "hello" with ${JSON.stringify(harmless)}.`);
  }
  for (const { messages, events } of sets) {
    for (const [index, event] of events.entries()) {
      const answer = await handler(event);
      if (isReviewed(answer)) continue;
      const which = `message ${index + 1} of "${messages}"`;
      throw new BenchmarkError(
        `The review handler has not reviewed ${which}: it answers ${withoutContent(answer)}.`,
      );
    }
  }
}

function isReviewed(answer: unknown): boolean {
  const result = resultOf(answer);
  if (result !== 'DENY') return result === 'ALLOW';
  const { Attributes } = answer as { Attributes?: { Reason?: unknown } };
  const [code = ''] = String(Attributes?.Reason ?? '').split(';');
  return code !== '' && !WITHOUT_REVIEW.includes(code);
}

function resultOf(answer: unknown): unknown {
  return (answer as { ReviewResult?: unknown } | null | undefined)?.ReviewResult;
}

function withoutContent(answer: unknown): string | undefined {
  return JSON.stringify(answer, (key, value: unknown) => (key === 'Content' ? undefined : value));
}
