/** How many messages are remembered. Our choice: IVS Chat is not known to keep any. */
const REMEMBERED_MESSAGES = 100_000;

/** Which messages the rooms have had. */
export interface KnownMessages {
  add(roomArn: string, messageId: string): void;
  has(roomArn: string, messageId: string): boolean;
}

/** Creates an empty memory that forgets the oldest message when it is full. */
export function createKnownMessages(): KnownMessages {
  const known = new Set<string>();
  const keyOf = (roomArn: string, messageId: string) => `${roomArn} ${messageId}`;
  return {
    add(roomArn, messageId) {
      known.add(keyOf(roomArn, messageId));
      if (known.size > REMEMBERED_MESSAGES) known.delete(known.values().next().value ?? '');
    },
    has: (roomArn, messageId) => known.has(keyOf(roomArn, messageId)),
  };
}
