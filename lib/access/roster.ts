import type { Grant } from './role.ts';

/** Who was made owner or moderator of a room. */
export interface Roster {
  /** @returns the grant stored for this user in this room; undefined when there is none. */
  grantOf(roomId: string, userId: string): Promise<Grant | undefined>;
}

/** The roster of a deployment that stores no grants: roles come from Cognito groups alone. */
export const emptyRoster: Roster = Object.freeze({ grantOf: async () => undefined });
