import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  CreateGroupCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  ListUsersCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, PASSWORD, refresh, signIn, startUserPool, type UserPool } from './user-pool.ts';

let pool: UserPool;
let UserPoolId: string;
beforeAll(async () => {
  pool = await startUserPool();
  ({ userPoolId: UserPoolId } = pool);
});
afterAll(() => pool.close());

const seed = (username: string) => pool.seedUser({ username, password: PASSWORD, groups: [] });
const tokensOf = async (username: string) => {
  const { AccessToken = '', RefreshToken = '' } =
    (await signIn(pool, username, PASSWORD)).AuthenticationResult ?? {};
  return { AccessToken, RefreshToken };
};

describe('groups', () => {
  it('appear in tokens after the user is added and vanish after removal', async () => {
    await seed('gus');
    const member = { UserPoolId, Username: 'gus', GroupName: 'chat-admins' };
    await expect(pool.sdk.send(new AdminAddUserToGroupCommand(member))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Group not found.',
    });

    await pool.sdk.send(new CreateGroupCommand({ UserPoolId, GroupName: 'chat-admins', Precedence: 1 }));
    await pool.sdk.send(new AdminAddUserToGroupCommand(member));
    await pool.sdk.send(new AdminAddUserToGroupCommand(member));

    const { Groups } = await pool.sdk.send(
      new AdminListGroupsForUserCommand({ UserPoolId, Username: 'gus' }),
    );
    expect(Groups).toMatchObject([{ GroupName: 'chat-admins', UserPoolId, Precedence: 1 }]);
    const claims = async () => decode((await tokensOf('gus')).AccessToken).claims;
    expect((await claims())['cognito:groups']).toEqual(['chat-admins']);
    await pool.sdk.send(new AdminRemoveUserFromGroupCommand(member));
    expect(await claims()).not.toHaveProperty('cognito:groups');
  });

  it('have a name of their own', async () => {
    const group = new CreateGroupCommand({ UserPoolId, GroupName: 'twice' });
    await pool.sdk.send(group);
    await expect(pool.sdk.send(group)).rejects.toMatchObject({ name: 'GroupExistsException' });
  });
});

describe('users', () => {
  it('are created, described and deleted', async () => {
    const named = { UserPoolId, Username: 'cleo' };
    const UserAttributes = [{ Name: 'email', Value: 'cleo@example.com' }];
    const created = await pool.sdk.send(
      new AdminCreateUserCommand({ ...named, TemporaryPassword: 'Temporary-1', UserAttributes }),
    );
    const described = await pool.sdk.send(new AdminGetUserCommand(named));
    expect(described).toMatchObject({
      Username: 'cleo',
      UserStatus: 'FORCE_CHANGE_PASSWORD',
      Enabled: true,
      UserAttributes: [{ Name: 'sub' }, ...UserAttributes],
    });
    expect(described.UserAttributes).toEqual(created.User?.Attributes);
    expect(described.UserCreateDate?.getTime()).toBeGreaterThan(Date.now() - 60_000);

    await pool.sdk.send(new AdminDeleteUserCommand(named));
    await expect(pool.sdk.send(new AdminGetUserCommand(named))).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'User does not exist.',
    });
  });

  it.each([
    ['a name that is taken', { Username: 'Cora' }, 'UsernameExistsException'],
    ['a weak password', { TemporaryPassword: 'weak' }, 'InvalidPasswordException'],
    [
      'an attribute of nobody’s',
      { UserAttributes: [{ Name: 'custom:role', Value: 'admin' }] },
      'InvalidParameterException',
    ],
    ['another pool', { UserPoolId: 'eu-west-1_Another1' }, 'ResourceNotFoundException'],
    [
      'no password, as nobody would get the mail',
      { TemporaryPassword: undefined },
      'NotImplementedInStandIn',
    ],
    ['a member that is not emulated', { ForceAliasCreation: true }, 'NotImplementedInStandIn'],
  ])('are not created with %s', async (_title, changes, name) => {
    await seed('cora');
    const input = { UserPoolId, Username: 'other', TemporaryPassword: 'Temporary-1', ...changes };
    await expect(pool.sdk.send(new AdminCreateUserCommand(input))).rejects.toMatchObject({ name });
  });

  it('keep their sub when they are seeded again', async () => {
    const { userId } = await seed('again');
    await expect(seed('again')).resolves.toEqual({ userId });
  });
});

describe('own account', () => {
  it('GetUser names the owner of the token', async () => {
    const { userId } = await seed('ole');
    const { AccessToken } = await tokensOf('ole');
    await expect(pool.sdk.send(new GetUserCommand({ AccessToken }))).resolves.toMatchObject({
      Username: 'ole',
      UserAttributes: [{ Name: 'sub', Value: userId }],
    });
  });

  it('RevokeToken ends one sign-in, GlobalSignOut all of them', async () => {
    await seed('rita');
    const [one, other] = [await tokensOf('rita'), await tokensOf('rita')];

    await pool.sdk.send(new RevokeTokenCommand({ ClientId: pool.clientId, Token: one.RefreshToken }));
    await expect(refresh(pool, one.RefreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(pool.sdk.send(new GetUserCommand({ AccessToken: one.AccessToken }))).rejects.toMatchObject({
      message: 'Access Token has been revoked',
    });
    await expect(refresh(pool, other.RefreshToken)).resolves.toHaveProperty('AuthenticationResult');

    await pool.sdk.send(new GlobalSignOutCommand({ AccessToken: other.AccessToken }));
    await expect(refresh(pool, other.RefreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('GetUser refuses a token that another pool signed', async () => {
    const other = await startUserPool();
    await other.seedUser({ username: 'eve', password: PASSWORD, groups: ['chat-admins'] });
    const { AccessToken } = (await signIn(other, 'eve', PASSWORD)).AuthenticationResult ?? {};
    await other.close();
    await expect(pool.sdk.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid Access Token',
    });
  });
});

it('refuses an operation that it does not emulate by name, and says so in the log', async () => {
  await expect(pool.sdk.send(new ListUsersCommand({ UserPoolId }))).rejects.toMatchObject({
    name: 'NotImplementedInStandIn',
    message: expect.stringContaining('ListUsers'),
    $metadata: { httpStatusCode: 501 },
  });
  expect(pool.logged.at(-1)).toContain('ListUsers');
});

it('logs neither names nor passwords nor tokens', async () => {
  await seed('secretive');
  const { AccessToken, RefreshToken } = await tokensOf('secretive');
  await refresh(pool, RefreshToken);
  await expect(signIn(pool, 'secretive', 'Wrong-password-1')).rejects.toThrow();
  const log = pool.logged.join('\n');
  expect(log).toContain('cognito InitiateAuth 400 NotAuthorizedException');
  for (const secret of ['secretive', PASSWORD, 'Wrong-password-1', AccessToken, RefreshToken]) {
    expect(log).not.toContain(secret);
  }
});
