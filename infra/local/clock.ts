/**
 * The local stack's clock: real time plus an offset that the control port advances.
 *
 * The offset lives in shared memory so that function instances (worker threads) see the same time as the stand-ins.
 */
export interface Clock {
  /** Milliseconds since the epoch, offset included. */
  now(): number;
  /** Moves the clock forward. @param ms a positive number of milliseconds. @throws RangeError otherwise. */
  advance(ms: number): void;
  /** Calls `listener` after every advance, so that timers can be judged again. @returns removes the listener. */
  onAdvance(listener: () => void): () => void;
  /** One BigInt64: the offset in milliseconds. Handed to workers. */
  readonly offset: SharedArrayBuffer;
}

/** Later dates have no four-digit year, which the formats on the wire need. */
const LATEST_MS = Date.UTC(9999, 11, 31);

/** Creates a clock that shows real time until it is advanced. */
export function createClock(): Clock {
  const offset = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const view = new BigInt64Array(offset);
  const listeners = new Set<() => void>();
  return {
    offset,
    now: () => Date.now() + Number(Atomics.load(view, 0)),
    advance(ms) {
      if (!Number.isSafeInteger(ms) || ms <= 0) {
        throw new RangeError('the clock advances by a positive whole number of milliseconds');
      }
      if (this.now() + ms > LATEST_MS) throw new RangeError('the clock ends with the year 9999');
      Atomics.add(view, 0, BigInt(ms));
      for (const listener of [...listeners]) listener();
    },
    onAdvance(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
