import { expect, it } from 'vitest';
import { interleave } from '../../bench/rounds.ts';

it('every target is measured once a round, another one first, and the warm-up is dropped', async () => {
  const order: string[] = [];

  const series = await interleave(['a', 'b', 'c'], 2, async (target) => `${target}${order.push(target)}`);

  expect(order.join('')).toBe('abcbcacab');
  expect(series).toEqual([
    { target: 'a', figures: ['a6', 'a8'] },
    { target: 'b', figures: ['b4', 'b9'] },
    { target: 'c', figures: ['c5', 'c7'] },
  ]);
});
