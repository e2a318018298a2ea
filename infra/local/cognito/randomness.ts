import { randomBytes, randomUUID } from 'node:crypto';

/** Where ids, tokens and salts come from. */
export interface Randomness {
  uuid(): string;
  bytes(count: number): Buffer;
}

export const SYSTEM_RANDOMNESS: Randomness = {
  uuid: () => randomUUID(),
  bytes: (count) => randomBytes(count),
};
