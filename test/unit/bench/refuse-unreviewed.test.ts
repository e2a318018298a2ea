import { describe, expect, it } from 'vitest';
import { BenchmarkError } from '../../bench/part.ts';
import { messageSets } from '../../bench/review-handler/messages.ts';
import { refuseUnreviewed } from '../../bench/review-handler/refuse-unreviewed.ts';
import type { ReviewHandler } from '../../bench/review-handler/time-calls.ts';
import { createReviewer } from '../review-message/reviewer.ts';

const healthy: ReviewHandler = createReviewer().review;
const failing: ReviewHandler = createReviewer({
  policyOf: () => {
    throw new Error('no policy');
  },
}).review;
const ofAnotherAccount: ReviewHandler = createReviewer({ accountId: '210987654321' }).review;

/** Reviews short messages, such as "hello", and hands the others to another handler. */
const failingAtLength =
  (other: ReviewHandler): ReviewHandler =>
  (event) =>
    (event as { Content: string }).Content.length < 500 ? healthy(event) : other(event);

const sets = messageSets();
const refusalOf = (handler: ReviewHandler) =>
  refuseUnreviewed(handler, sets).catch((error: unknown) => error);

describe('before the review handler is timed', () => {
  it('one that reviews every message passes', async () => {
    await expect(refuseUnreviewed(healthy, sets)).resolves.toBeUndefined();
  });

  it.each([
    ['fails', failing, 'unavailable'],
    ['takes them for no review requests of its rooms', ofAnotherAccount, 'invalid'],
  ])(
    'one that %s at some messages only is refused with the message and its answer',
    async (_, other, code) => {
      const error = await refusalOf(failingAtLength(other));

      expect(error).toBeInstanceOf(BenchmarkError);
      expect((error as Error).message).toMatch(/has not reviewed message \d+ of ".+": it answers/);
      expect((error as Error).message).toContain(`"Reason":"${code}"`);
    },
  );

  it.each<[string, unknown]>([
    ['nothing', undefined],
    [
      'a denial with time to wait',
      { ReviewResult: 'DENY', Attributes: { Reason: 'unavailable;retry-after=5' } },
    ],
    ['a denial without a reason', { ReviewResult: 'DENY' }],
    ['another result', { ReviewResult: 'MAYBE' }],
  ])('one that answers long messages with %s is refused', async (_, answer) => {
    const error = await refusalOf(failingAtLength(async () => answer));
    expect(error).toBeInstanceOf(BenchmarkError);
  });

  it('one that denies a harmless message is refused', async () => {
    const error = await refusalOf(failing);
    expect((error as Error).message).toContain('The review handler answers "hello" with');
  });
});
