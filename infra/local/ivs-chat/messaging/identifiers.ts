import type { Clock } from '../../clock.ts';
import { ID_LENGTH_CHARACTERS } from './limits.ts';

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const NANOSECONDS_PER_MILLISECOND = 1_000_000;

/** A whole number from 0 to below `max`. */
export type RandomInt = (max: number) => number;

/** Creates ids as IVS Chat gives them: 12 characters of `[a-zA-Z0-9]`. */
export function createIds(randomInt: RandomInt): () => string {
  return () =>
    Array.from({ length: ID_LENGTH_CHARACTERS }, () => ID_ALPHABET[randomInt(ID_ALPHABET.length)]).join('');
}

/**
 * Creates SendTimes: RFC 3339 in UTC with up to nine digits, trailing zeros trimmed, each later than the one before.
 *
 * The clock knows milliseconds only; the digits below are random.
 */
export function createSendTimes(clock: Pick<Clock, 'now'>, randomInt: RandomInt): () => string {
  let last = 0n;
  return () => {
    const drawn =
      BigInt(clock.now()) * BigInt(NANOSECONDS_PER_MILLISECOND) +
      BigInt(randomInt(NANOSECONDS_PER_MILLISECOND));
    last = drawn > last ? drawn : last + 1n;
    return formatNanoseconds(last);
  };
}

/** Nanoseconds since the epoch as Go's RFC3339Nano writes them. */
export function formatNanoseconds(nanoseconds: bigint): string {
  const seconds = new Date(Number(nanoseconds / 1_000_000_000n) * 1000)
    .toISOString()
    .slice(0, -'.000Z'.length);
  const fraction = String(nanoseconds % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return fraction === '' ? `${seconds}Z` : `${seconds}.${fraction}Z`;
}
