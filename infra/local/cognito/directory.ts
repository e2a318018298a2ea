import type { Clock } from '../clock.ts';
import { CognitoError, resourceNotFound, userNotFound } from './errors.ts';
import type { PasswordHash } from './passwords.ts';

/** A user as the pool keeps it. Times are milliseconds since the epoch. */
export interface User {
  /** The `sub`: a UUID that never changes. */
  readonly sub: string;
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly password: PasswordHash;
  readonly status: 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD';
  /** When a temporary password stops working; null for a permanent one. */
  readonly passwordExpiresAt: number | null;
  readonly enabled: boolean;
  /** Names of groups, in the order in which the user was added. */
  readonly groups: readonly string[];
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface Group {
  readonly name: string;
  readonly description?: string;
  readonly precedence?: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** The people and groups of the pool. */
export interface Directory {
  find(username: string): User | undefined;
  findBySub(sub: string): User | undefined;
  /** @throws CognitoError UserNotFoundException. */
  get(username: string): User;
  /** @throws CognitoError UsernameExistsException. */
  add(user: Omit<User, 'createdAt' | 'modifiedAt'>): User;
  /** @throws CognitoError UserNotFoundException. */
  change(username: string, changes: Partial<Omit<User, 'sub' | 'username' | 'createdAt'>>): User;
  remove(username: string): void;
  findGroup(name: string): Group | undefined;
  /** @throws CognitoError ResourceNotFoundException. */
  getGroup(name: string): Group;
  /** @throws CognitoError GroupExistsException. */
  addGroup(group: Omit<Group, 'createdAt' | 'modifiedAt'>): Group;
  contents(): { users: readonly User[]; groups: readonly Group[] };
}

interface DirectoryOptions {
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly caseSensitiveUsernames: boolean;
  readonly clock: Clock;
  /** Called after every change. */
  readonly onChange: () => void;
}

export function createDirectory({ clock, onChange, ...options }: DirectoryOptions): Directory {
  const keyOf = (username: string) => (options.caseSensitiveUsernames ? username : username.toLowerCase());
  const users = new Map(options.users.map((user) => [keyOf(user.username), user]));
  const groups = new Map(options.groups.map((group) => [group.name, group]));
  const put = (user: User) => {
    users.set(keyOf(user.username), user);
    onChange();
    return user;
  };
  const find = (username: string) => users.get(keyOf(username));
  const get = (username: string) => {
    const user = find(username);
    if (!user) throw userNotFound();
    return user;
  };
  return {
    find,
    get,
    findBySub: (sub) => [...users.values()].find((user) => user.sub === sub),
    add(user) {
      if (find(user.username)) {
        throw new CognitoError('UsernameExistsException', 'User account already exists');
      }
      return put({ ...user, createdAt: clock.now(), modifiedAt: clock.now() });
    },
    change: (username, changes) => put({ ...get(username), ...changes, modifiedAt: clock.now() }),
    remove(username) {
      users.delete(keyOf(get(username).username));
      onChange();
    },
    ...groupsOf(groups, clock, onChange),
    contents: () => ({ users: [...users.values()], groups: [...groups.values()] }),
  };
}

function groupsOf(
  groups: Map<string, Group>,
  clock: Clock,
  onChange: () => void,
): Pick<Directory, 'findGroup' | 'getGroup' | 'addGroup'> {
  return {
    findGroup: (name) => groups.get(name),
    getGroup(name) {
      const group = groups.get(name);
      if (!group) throw resourceNotFound('Group not found.');
      return group;
    },
    addGroup(group) {
      if (groups.has(group.name)) {
        throw new CognitoError('GroupExistsException', 'A group with the name already exists.');
      }
      const added = { ...group, createdAt: clock.now(), modifiedAt: clock.now() };
      groups.set(group.name, added);
      onChange();
      return added;
    },
  };
}
