import {
  AdminCreateUser,
  AdminDeleteUser,
  AdminDisableUser,
  AdminEnableUser,
  AdminGetUser,
  AdminSetUserPassword,
} from './admin-users.ts';
import { InitiateAuth, RespondToAuthChallenge } from './authentication.ts';
import {
  AdminAddUserToGroup,
  AdminListGroupsForUser,
  AdminRemoveUserFromGroup,
  CreateGroup,
} from './groups.ts';
import type { Operation } from './operation.ts';
import { GetUser, GlobalSignOut, RevokeToken } from './own-account.ts';

/** Everything that the stand-in does, by the name in `x-amz-target`. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    AdminAddUserToGroup,
    AdminCreateUser,
    AdminDeleteUser,
    AdminDisableUser,
    AdminEnableUser,
    AdminGetUser,
    AdminListGroupsForUser,
    AdminRemoveUserFromGroup,
    AdminSetUserPassword,
    CreateGroup,
    GetUser,
    GlobalSignOut,
    InitiateAuth,
    RespondToAuthChallenge,
    RevokeToken,
  }),
);
