import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadSession } from '../../../lib/operations/vend-token.ts';

const minutes = fc.integer({ min: 5, max: 180 });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the length of a session', () => {
  it('is a whole number of minutes, at least 5, between 90 % and 100 % of what is configured', () => {
    fc.assert(
      fc.property(minutes, random, (configured, chance) => {
        const spread = spreadSession(configured, chance);
        expect(Number.isInteger(spread)).toBe(true);
        expect(spread).toBeGreaterThanOrEqual(5);
        expect(spread).toBeGreaterThanOrEqual(configured * 0.9);
        expect(spread).toBeLessThanOrEqual(configured);
      }),
    );
  });

  it.each([
    [60, [54, 55, 56, 57, 58, 59, 60]],
    [180, Array.from({ length: 19 }, (_, n) => 162 + n)],
    [10, [9, 10]],
    [9, [9]],
    [5, [5]],
  ])('of %i minutes comes out as each of its values equally often', (configured, values) => {
    const chances = Array.from({ length: values.length * 10 }, (_, n) => n / (values.length * 10));
    const counts = new Map<number, number>();
    for (const chance of chances) {
      const spread = spreadSession(configured, chance);
      counts.set(spread, (counts.get(spread) ?? 0) + 1);
    }

    expect([...counts.keys()].sort((a, b) => a - b)).toEqual(values);
    expect(new Set(counts.values())).toEqual(new Set([10]));
  });
});
