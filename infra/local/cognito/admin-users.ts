import { attributeList, checkAttributes } from './attributes.ts';
import type { User } from './directory.ts';
import { notImplemented } from './errors.ts';
import { PASSWORD, USER_POOL_ID, USERNAME } from './limits.ts';
import { optional, required } from './members.ts';
import { operation, timestamp } from './operation.ts';
import { checkPolicy, hashPassword } from './passwords.ts';
import { checkPool, type Pool } from './pool.ts';

const NAMED_USER = { UserPoolId: USER_POOL_ID, Username: USERNAME };
const DAY_MS = 86_400_000;

export const AdminCreateUser = operation(
  {
    ...NAMED_USER,
    MessageAction: optional('string', { oneOf: ['RESEND', 'SUPPRESS'] }),
    TemporaryPassword: optional('string', PASSWORD),
    UserAttributes: optional('attributes'),
  },
  async (pool, { UserPoolId, Username, MessageAction, TemporaryPassword, UserAttributes = new Map() }) => {
    checkPool(pool, UserPoolId);
    if (MessageAction === 'RESEND') throw notImplemented('MessageAction RESEND: it sends no messages');
    if (!TemporaryPassword) {
      throw notImplemented('generated passwords: it sends no messages, so give a TemporaryPassword');
    }
    const attributes = checkAttributes(UserAttributes);
    const user = await createUser(pool, { username: Username, password: TemporaryPassword, attributes });
    return { User: { ...userDetails(user), Attributes: attributeList(user) } };
  },
);

/**
 * Adds a user with a temporary password.
 *
 * @throws CognitoError InvalidPasswordException, UsernameExistsException.
 */
export async function createUser(
  pool: Pool,
  input: { username: string; password: string; attributes: Readonly<Record<string, string>> },
): Promise<User> {
  checkPolicy(input.password, pool.knobs);
  return pool.directory.add({
    sub: pool.random.uuid(),
    username: input.username,
    attributes: input.attributes,
    enabled: true,
    groups: [],
    ...temporary(pool),
    password: await hashPassword(input.password, pool.random),
  });
}

export const AdminSetUserPassword = operation(
  { ...NAMED_USER, Password: required('string', PASSWORD), Permanent: optional('boolean') },
  async (pool, { UserPoolId, Username, Password, Permanent = false }) => {
    checkPool(pool, UserPoolId);
    await setPassword(pool, Username, Password, Permanent);
    return {};
  },
);

/** @throws CognitoError UserNotFoundException, InvalidPasswordException. */
export async function setPassword(
  pool: Pool,
  username: string,
  password: string,
  permanent: boolean,
): Promise<void> {
  pool.directory.get(username);
  checkPolicy(password, pool.knobs);
  const state = permanent ? ({ status: 'CONFIRMED', passwordExpiresAt: null } as const) : temporary(pool);
  pool.directory.change(username, { ...state, password: await hashPassword(password, pool.random) });
}

function temporary({ clock, knobs }: Pool): Pick<User, 'status' | 'passwordExpiresAt'> {
  return {
    status: 'FORCE_CHANGE_PASSWORD',
    passwordExpiresAt: clock.now() + knobs.temporaryPasswordDays * DAY_MS,
  };
}

export const AdminGetUser = operation(NAMED_USER, (pool, { UserPoolId, Username }) => {
  checkPool(pool, UserPoolId);
  const user = pool.directory.get(Username);
  return { ...userDetails(user), UserAttributes: attributeList(user) };
});

export const AdminDeleteUser = operation(NAMED_USER, (pool, { UserPoolId, Username }) => {
  checkPool(pool, UserPoolId);
  const { sub } = pool.directory.get(Username);
  pool.directory.remove(Username);
  pool.signIns.revokeAll(sub);
  return {};
});

/** Disabling also revokes the user's tokens (API reference, AdminDisableUser). */
export const AdminDisableUser = operation(NAMED_USER, (pool, { UserPoolId, Username }) => {
  checkPool(pool, UserPoolId);
  const { sub } = pool.directory.change(Username, { enabled: false });
  pool.signIns.revokeAll(sub);
  return {};
});

export const AdminEnableUser = operation(NAMED_USER, (pool, { UserPoolId, Username }) => {
  checkPool(pool, UserPoolId);
  pool.directory.change(Username, { enabled: true });
  return {};
});

/** The members that UserType and AdminGetUserResponse have in common. */
function userDetails(user: User) {
  return {
    Username: user.username,
    UserCreateDate: timestamp(user.createdAt),
    UserLastModifiedDate: timestamp(user.modifiedAt),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}
