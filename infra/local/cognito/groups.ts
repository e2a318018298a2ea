import type { Group } from './directory.ts';
import { DESCRIPTION_MAX_LENGTH, GROUP_NAME, USER_POOL_ID, USERNAME } from './limits.ts';
import { optional } from './members.ts';
import { operation, timestamp } from './operation.ts';
import { checkPool, type Pool } from './pool.ts';

const MEMBERSHIP = { UserPoolId: USER_POOL_ID, Username: USERNAME, GroupName: GROUP_NAME };

export const CreateGroup = operation(
  {
    UserPoolId: USER_POOL_ID,
    GroupName: GROUP_NAME,
    Description: optional('string', { max: DESCRIPTION_MAX_LENGTH }),
    Precedence: optional('integer', { min: 0 }),
  },
  (pool, { UserPoolId, GroupName, Description, Precedence }) => {
    checkPool(pool, UserPoolId);
    const group = pool.directory.addGroup({
      name: GroupName,
      ...(Description === undefined ? {} : { description: Description }),
      ...(Precedence === undefined ? {} : { precedence: Precedence }),
    });
    return { Group: groupType(pool, group) };
  },
);

export const AdminAddUserToGroup = operation(MEMBERSHIP, (pool, { UserPoolId, Username, GroupName }) => {
  checkPool(pool, UserPoolId);
  addToGroup(pool, Username, GroupName);
  return {};
});

/** @throws CognitoError UserNotFoundException, ResourceNotFoundException for an unknown group. */
export function addToGroup(pool: Pool, username: string, groupName: string): void {
  const { groups } = pool.directory.get(username);
  pool.directory.getGroup(groupName);
  if (!groups.includes(groupName)) pool.directory.change(username, { groups: [...groups, groupName] });
}

export const AdminRemoveUserFromGroup = operation(MEMBERSHIP, (pool, { UserPoolId, Username, GroupName }) => {
  checkPool(pool, UserPoolId);
  const { groups } = pool.directory.get(Username);
  pool.directory.getGroup(GroupName);
  pool.directory.change(Username, { groups: groups.filter((name) => name !== GroupName) });
  return {};
});

/** All groups in one page: a local user is in a handful. */
export const AdminListGroupsForUser = operation(
  { UserPoolId: USER_POOL_ID, Username: USERNAME },
  (pool, { UserPoolId, Username }) => {
    checkPool(pool, UserPoolId);
    const { groups } = pool.directory.get(Username);
    return { Groups: groups.map((name) => groupType(pool, pool.directory.getGroup(name))) };
  },
);

function groupType({ userPoolId }: Pool, group: Group) {
  return {
    GroupName: group.name,
    UserPoolId: userPoolId,
    Description: group.description,
    Precedence: group.precedence,
    CreationDate: timestamp(group.createdAt),
    LastModifiedDate: timestamp(group.modifiedAt),
  };
}
