import type { Clock } from '../../clock.ts';
import { createThrottle } from '../messaging/throttle.ts';
import type { ControlPlaneKnobs } from './knobs.ts';
import { OPERATIONS, type OperationName } from './operations.ts';

/** The account's API call rates. */
export interface RequestRates {
  /** Counts a request. @returns false when the operation's rate is used up; such a request does not count. */
  admit(operation: OperationName): boolean;
}

/** Creates the rates of every operation, judged by `clock`. */
export function createRequestRates(
  algorithm: ControlPlaneKnobs['throttle'],
  clock: Pick<Clock, 'now'>,
): RequestRates {
  const throttles = new Map(Object.keys(OPERATIONS).map((name) => [name, createThrottle(algorithm, clock)]));
  return {
    admit: (operation) => throttles.get(operation)?.take(OPERATIONS[operation].requestsPerSecond) ?? false,
  };
}
