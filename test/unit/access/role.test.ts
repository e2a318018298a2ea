import { describe, expect, it } from 'vitest';
import {
  ADMIN_GROUP,
  effectiveRole,
  emptyRoster,
  type Grant,
  isAtLeast,
  MODERATOR_GROUP,
  type Refusal,
  ROLES,
  type Role,
  whyMayNotActOn,
} from '../../../lib/access/index.ts';

const ADMINS = 'chat-admins';
const MODERATORS = 'chat-moderators';

describe('roles', () => {
  it('rise from viewer to admin', () => {
    expect(ROLES).toEqual(['viewer', 'moderator', 'owner', 'admin']);
  });

  it.each(
    ROLES.flatMap((role, rank) => ROLES.map((minimum, needed) => [role, minimum, rank >= needed] as const)),
  )('%s is at least %s: %s', (role, minimum, expected) => {
    expect(isAtLeast(role, minimum)).toBe(expected);
  });
});

describe('the effective role', () => {
  it.each<[readonly string[], Grant | undefined, Role]>([
    [[], undefined, 'viewer'],
    [[], 'moderator', 'moderator'],
    [[], 'owner', 'owner'],
    [[MODERATORS], undefined, 'moderator'],
    [[MODERATORS], 'moderator', 'moderator'],
    [[MODERATORS], 'owner', 'owner'],
    [[ADMINS], undefined, 'admin'],
    [[ADMINS], 'moderator', 'admin'],
    [[ADMINS], 'owner', 'admin'],
    [[MODERATORS, ADMINS], undefined, 'admin'],
    [[ADMINS, MODERATORS], undefined, 'admin'],
    [['subscribers', ADMINS, 'eu'], undefined, 'admin'],
    [['subscribers'], undefined, 'viewer'],
    [['subscribers'], 'owner', 'owner'],
  ])('of groups %j and the grant %s is %s', (groups, grant, role) => {
    expect(effectiveRole(groups, grant)).toBe(role);
  });

  it.each([
    'ex-chat-admins',
    'chat-admins-emeriti',
    'chat-admin',
    'Chat-Admins',
    'CHAT-ADMINS',
    ' chat-admins',
    'chat-admins ',
    'chat-admins\n',
    'chat-admins,chat-moderators',
    '[chat-admins]',
    'chat‐admins',
    'admin',
    'owner',
    'moderator',
    'eu-west-1_Unit12345_chat-admins',
    '__proto__',
    'constructor',
    '',
  ])('of the group %j is viewer: groups are compared exactly', (group) => {
    expect(effectiveRole([group], undefined)).toBe('viewer');
  });

  it('comes from groups of these names', () => {
    expect([ADMIN_GROUP, MODERATOR_GROUP]).toEqual([ADMINS, MODERATORS]);
  });

  it('comes from groups alone where no grants are stored', async () => {
    expect(await emptyRoster.grantOf('AbCdEfGh1234', 'somebody')).toBeUndefined();
  });
});

/** Who may act on whom, spelled out: rows act, columns are acted on. */
const MAY_ACT: Readonly<Record<Role, Readonly<Record<Role, boolean>>>> = {
  viewer: { viewer: false, moderator: false, owner: false, admin: false },
  moderator: { viewer: true, moderator: false, owner: false, admin: false },
  owner: { viewer: true, moderator: true, owner: false, admin: false },
  admin: { viewer: true, moderator: true, owner: true, admin: false },
};

const pairs = ROLES.flatMap((actor) =>
  ROLES.map((target) => [actor, target, MAY_ACT[actor][target]] as const),
);

describe('acting on somebody', () => {
  it.each(pairs)('%s on %s: %s', (actor, target, may) => {
    const why: Refusal | undefined = may ? undefined : 'target-not-lower';

    expect(whyMayNotActOn(actor, target, false)).toBe(why);
  });

  it.each(pairs)('%s on %s is refused when both are one person', (actor, target) => {
    expect(whyMayNotActOn(actor, target, true)).toBe('cannot-act-on-self');
  });
});
