export { type Capability, capabilitiesOf, type SocketModeration } from './capabilities.ts';
export {
  ADMIN_GROUP,
  effectiveRole,
  type Grant,
  isAtLeast,
  MODERATOR_GROUP,
  type Refusal,
  ROLES,
  type Role,
  whyMayNotActOn,
} from './role.ts';
export type { RoomCaller } from './room-caller.ts';
export { emptyRoster, type Roster } from './roster.ts';
