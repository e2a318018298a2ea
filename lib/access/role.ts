/** Roles from the lowest to the highest. */
export const ROLES = Object.freeze(['viewer', 'moderator', 'owner', 'admin'] as const);
export type Role = (typeof ROLES)[number];

/** A role that is given for one room and stored. */
export type Grant = Extract<Role, 'owner' | 'moderator'>;

/**
 * Cognito groups that give a role in every room. The prefix keeps them apart from groups that other applications or
 * federated identity providers put into the same pool.
 */
export const ADMIN_GROUP = 'chat-admins';
export const MODERATOR_GROUP = 'chat-moderators';

const GROUP_ROLES: ReadonlyMap<string, Role> = new Map([
  [ADMIN_GROUP, 'admin'],
  [MODERATOR_GROUP, 'moderator'],
]);

/** @returns whether `role` is `minimum` or higher. */
export function isAtLeast(role: Role, minimum: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(minimum);
}

/**
 * The role that somebody has in a room: the highest that a group or the room's stored grant gives; else viewer.
 *
 * @param groups from the verified token; compared exactly and case-sensitively.
 */
export function effectiveRole(groups: readonly string[], grant: Grant | undefined): Role {
  const roles: Role[] = [grant ?? 'viewer', ...groups.map((group) => GROUP_ROLES.get(group) ?? 'viewer')];
  return roles.reduce((highest, role) => (isAtLeast(role, highest) ? role : highest));
}

/** Why an action on somebody is refused. */
export type Refusal = 'cannot-act-on-self' | 'target-not-lower';

/**
 * May this actor act on this target? Nobody acts on themselves, nor on an equal or higher role.
 *
 * @param self whether actor and target are the same person.
 * @returns undefined when they may, else why not.
 */
export function whyMayNotActOn(actor: Role, target: Role, self: boolean): Refusal | undefined {
  if (self) return 'cannot-act-on-self';
  return isAtLeast(target, actor) ? 'target-not-lower' : undefined;
}
