import type { Role } from './role.ts';

/** Moderation over the WebSocket: `off` leaves moderators the routes, which review, log and respect the hierarchy. */
export type SocketModeration = 'on' | 'off';

const SPEAK = Object.freeze(['SEND_MESSAGE'] as const);
const MODERATE = Object.freeze(['SEND_MESSAGE', 'DELETE_MESSAGE', 'DISCONNECT_USER'] as const);

/** What IVS Chat lets the bearer of a chat token do; viewing is always included. */
export type Capability = (typeof MODERATE)[number];

const CAPABILITIES: Readonly<Record<Role, readonly Capability[]>> = Object.freeze({
  viewer: SPEAK,
  moderator: MODERATE,
  owner: MODERATE,
  admin: MODERATE,
});

/** @returns the capabilities of a chat token for this role. */
export function capabilitiesOf(role: Role, socketModeration: SocketModeration): readonly Capability[] {
  return socketModeration === 'on' ? CAPABILITIES[role] : SPEAK;
}
