import { expect, it } from 'vitest';
import { reviewEvent } from './support/events.ts';
import { startFunction } from './support/start-function.ts';

it('the packaged review handler passes a clean message on as it is', async () => {
  const review = await startFunction('review-message');

  expect(await review.invoke(reviewEvent('good evening'))).toEqual({
    payload: { ReviewResult: 'ALLOW', Content: 'good evening' },
  });
});

it('the packaged review handler denies a link, and says why', async () => {
  const review = await startFunction('review-message');

  expect(await review.invoke(reviewEvent('see https://example.com'))).toEqual({
    payload: {
      ReviewResult: 'DENY',
      Content: 'see https://example.com',
      Attributes: { Reason: 'link' },
    },
  });
});

it('the packaged review handler denies what comes from another account’s room', async () => {
  const review = await startFunction('review-message');

  expect(await review.invoke(reviewEvent('good evening', '210987654321'))).toMatchObject({
    payload: { ReviewResult: 'DENY', Attributes: { Reason: expect.any(String) } },
  });
});
