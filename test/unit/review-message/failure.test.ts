import { describe, expect, it } from 'vitest';
import type { ReviewPolicy } from '../../../lib/moderation/index.ts';
import { cacheEngines, type ReviewMessageDeps } from '../../../lib/operations/review-message/index.ts';
import { createReviewer, eventWith, policyWith } from './reviewer.ts';

const UNAVAILABLE = { ReviewResult: 'DENY', Content: 'hello', Attributes: { Reason: 'unavailable' } };

const FAILURES: [string, Partial<ReviewMessageDeps>, string][] = [
  [
    'the source throws',
    {
      policyOf: () => {
        throw new TypeError('x');
      },
    },
    'TypeError',
  ],
  ['the source rejects', { policyOf: () => Promise.reject(new RangeError('x')) }, 'RangeError'],
  ['the source rejects with a text', { policyOf: () => Promise.reject('x') }, 'unknown'],
  ['the policy is broken', { policyOf: () => policyWith({ allowedTerms: ['a*b'] }) }, 'PolicyError'],
  ['there is no policy', { policyOf: () => undefined as unknown as ReviewPolicy }, 'PolicyError'],
];

describe('when review fails because', () => {
  it.each(FAILURES)('%s: the message is denied as unavailable', async (_, deps, failure) => {
    const { review, log, timers } = createReviewer(deps);

    expect(await review(eventWith())).toEqual(UNAVAILABLE);
    expect(log).toMatchObject([{ decision: 'DENY', code: 'unavailable', ruleIds: [], failure }]);
    expect(timers.size).toBe(0);
  });

  it.each(FAILURES)('%s: the message passes unread where failures allow', async (_, deps) => {
    const { review, log } = createReviewer({ ...deps, onFailure: 'allow' });

    expect(await review(eventWith({ Content: 'fuck' }))).toEqual({ ReviewResult: 'ALLOW', Content: 'fuck' });
    expect(log).toMatchObject([{ decision: 'ALLOW', code: 'unavailable' }]);
  });
});

describe('where failures allow', () => {
  it.each([
    ['an empty message', { Content: '' }],
    ['501 code points', { Content: '𝓰'.repeat(501) }],
    ['5,000 letters', { Content: 'x'.repeat(5000) }],
    ['a claim of a role', { Attributes: { role: 'admin' } }],
    ['a claim of a badge', { Attributes: { badge: 'gold' } }],
    ['more than 1 KB of attributes', { Attributes: { emote: 'x'.repeat(1024) } }],
  ])('%s is denied all the same', async (_, members) => {
    const { review } = createReviewer({ policyOf: () => Promise.reject(new Error('x')), onFailure: 'allow' });
    expect(await review(eventWith(members))).toMatchObject({
      ReviewResult: 'DENY',
      Attributes: { Reason: 'unavailable' },
    });
  });

  it('500 code points of two units each pass', async () => {
    const { review } = createReviewer({ policyOf: () => Promise.reject(new Error('x')), onFailure: 'allow' });
    expect(await review(eventWith({ Content: '𝓰'.repeat(500) }))).toMatchObject({ ReviewResult: 'ALLOW' });
  });
});

describe('the deadline', () => {
  it.each([
    ['121 ms', 121, { ReviewResult: 'DENY', Attributes: { Reason: 'unavailable' } }],
    ['120 ms', 120, { ReviewResult: 'ALLOW', Content: 'hello' }],
  ])('counts the engine, which no timer interrupts: %s', async (_, milliseconds, expected) => {
    const times = [1000, 1000 + milliseconds, 1000 + milliseconds];
    const { review } = createReviewer({ now: () => times.shift() ?? Number.NaN });

    expect(await review(eventWith())).toMatchObject(expected);
  });

  it('ends a review whose policy does not come, after 120 ms', async () => {
    const { review, log, timers } = createReviewer({ policyOf: () => new Promise(() => {}) });
    const answer = review(eventWith());
    const [[timeUp, milliseconds] = []] = timers;

    timeUp?.();

    expect(milliseconds).toBe(120);
    expect(await answer).toEqual(UNAVAILABLE);
    expect(log).toMatchObject([{ code: 'unavailable', failure: 'DeadlineError' }]);
  });

  it('does not end a review whose policy comes in time, and stops its timer', async () => {
    const source = Promise.withResolvers<ReviewPolicy>();
    const { review, timers } = createReviewer({ policyOf: () => source.promise });
    const answer = review(eventWith());
    expect(timers.size).toBe(1);

    source.resolve(policyWith({}));

    expect(await answer).toEqual({ ReviewResult: 'ALLOW', Content: 'hello' });
    expect(timers.size).toBe(0);
  });

  it('is not undone by a source that fails later', async () => {
    const source = Promise.withResolvers<ReviewPolicy>();
    const { review, timers } = createReviewer({ policyOf: () => source.promise });
    const answer = review(eventWith());
    for (const timeUp of timers.keys()) timeUp();
    expect(await answer).toEqual(UNAVAILABLE);

    source.reject(new Error('late'));
    await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('a log that cannot be written', () => {
  it('does not change the answer', async () => {
    const { review } = createReviewer({
      log: () => {
        throw new Error('x');
      },
    });
    expect(await review(eventWith())).toEqual({ ReviewResult: 'ALLOW', Content: 'hello' });
  });
});

describe('a policy', () => {
  it('is compiled once while its source hands out the same object', () => {
    const engineFor = cacheEngines();
    const policy = policyWith({});

    expect(engineFor(policy)).toBe(engineFor(policy));
    expect(engineFor(policy)).not.toBe(engineFor({ ...policy }));
  });
});
