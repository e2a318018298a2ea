import type { Delivery } from '../model.ts';

/** How many deliveries the control port can look back on. */
const REMEMBERED_DELIVERIES = 10_000;

/** The newest deliveries. */
export interface DeliveryLog {
  add(delivery: Delivery): void;
  /** Oldest first. */
  list(): readonly Delivery[];
}

/** Creates an empty log that keeps the newest `capacity` deliveries. */
export function createDeliveryLog(capacity = REMEMBERED_DELIVERIES): DeliveryLog {
  const ring: Delivery[] = [];
  let next = 0;
  return {
    add(delivery) {
      ring[next] = delivery;
      next = (next + 1) % capacity;
    },
    list: () => (ring.length < capacity ? [...ring] : [...ring.slice(next), ...ring.slice(0, next)]),
  };
}
