import { describe, expect, it } from 'vitest';
import { median, percentile } from '../../bench/statistics.ts';

describe('the median', () => {
  it.each([
    [[7], 7],
    [[10, 9, 2], 9],
    [[4, 1, 3, 2], 2.5],
    [[100, 20, 3], 20],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('leaves its input as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('a percentile', () => {
  const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it.each([
    [oneToHundred, 50, 50],
    [oneToHundred, 99, 99],
    [oneToHundred, 99.5, 100],
    [oneToHundred, 100, 100],
    [[10, 9, 2], 50, 9],
    [[5], 1, 5],
  ])('of %j at %d is %d', (values, percent, expected) => {
    expect(percentile(values, percent)).toBe(expected);
  });

  it.each([0, -1, 101, Number.NaN])('at %d is refused', (percent) => {
    expect(() => percentile([1], percent)).toThrow(RangeError);
  });
});

it.each([
  ['median', () => median([])],
  ['percentile', () => percentile([], 50)],
])('the %s of nothing is refused', (_name, of) => {
  expect(of).toThrow(RangeError);
});
