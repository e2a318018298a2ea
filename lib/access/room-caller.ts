import type { Role } from './role.ts';

/** A verified caller together with the role they have in the room that the request names. */
export interface RoomCaller {
  readonly userId: string;
  readonly role: Role;
}
