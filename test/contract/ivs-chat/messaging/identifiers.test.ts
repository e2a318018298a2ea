import { expect, it } from 'vitest';
import {
  createSendTimes,
  formatNanoseconds,
} from '../../../../infra/local/ivs-chat/messaging/identifiers.ts';
import { createStillClock } from './chat-world.ts';

it.each([
  [1_669_969_280_754_555_595n, '2022-12-02T08:21:20.754555595Z'],
  [1_669_969_551_136_912_720n, '2022-12-02T08:25:51.13691272Z'],
  [1_669_969_551_100_000_000n, '2022-12-02T08:25:51.1Z'],
  [1_669_969_551_000_000_001n, '2022-12-02T08:25:51.000000001Z'],
  [1_669_969_551_000_000_000n, '2022-12-02T08:25:51Z'],
])('writes %s ns as %s', (nanoseconds, expected) => {
  expect(formatNanoseconds(nanoseconds)).toBe(expected);
});

it('never gives a time twice, nor an earlier one', () => {
  const drawn = [5, 5, 3, 9];
  const newSendTime = createSendTimes(createStillClock(1000), () => drawn.shift() ?? 0);
  const times = [newSendTime(), newSendTime(), newSendTime(), newSendTime()];
  expect(times.map((time) => time.slice(-4, -1))).toEqual(['005', '006', '007', '009']);
});
