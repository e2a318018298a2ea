import type { Clock } from '../../clock.ts';
import type { MessagingKnobs } from './knobs.ts';

const SECOND_MS = 1000;

/** One rate. A request that is refused does not count. */
export interface Throttle {
  /** @returns whether one more request may pass now; if so it is counted. @param limit requests a second. */
  take(limit: number): boolean;
  /** Whether {@link Throttle.take} would pass, without counting. */
  hasRoom(limit: number): boolean;
}

type NewThrottle = (clock: Pick<Clock, 'now'>) => Throttle;

const ALGORITHMS: Readonly<Record<MessagingKnobs['throttle'], NewThrottle>> = {
  'sliding-window': createSlidingWindow,
  'token-bucket': createTokenBucket,
};

/** Creates a rate that is judged by `clock`. */
export function createThrottle(algorithm: MessagingKnobs['throttle'], clock: Pick<Clock, 'now'>): Throttle {
  return ALGORITHMS[algorithm](clock);
}

function createSlidingWindow(clock: Pick<Clock, 'now'>): Throttle {
  const taken: number[] = [];
  const hasRoom = (limit: number) => {
    const now = clock.now();
    const current = taken.findIndex((at) => at > now - SECOND_MS);
    taken.splice(0, current < 0 ? taken.length : current);
    return taken.length < limit;
  };
  return {
    hasRoom,
    take(limit) {
      if (!hasRoom(limit)) return false;
      taken.push(clock.now());
      return true;
    },
  };
}

function createTokenBucket(clock: Pick<Clock, 'now'>): Throttle {
  let spent = 0;
  let at = clock.now();
  const hasRoom = (limit: number) => {
    const now = clock.now();
    spent = Math.max(0, spent - ((now - at) * limit) / SECOND_MS);
    at = now;
    return spent + 1 <= limit;
  };
  return {
    hasRoom,
    take(limit) {
      if (!hasRoom(limit)) return false;
      spent += 1;
      return true;
    },
  };
}
