import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandInput,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, refresh, signIn, startUserPool, type UserPool } from './user-pool.ts';

let pool: UserPool;
beforeAll(async () => {
  pool = await startUserPool();
  await pool.seedUser({ username: 'vi', password: PASSWORD, groups: [] });
});
afterAll(() => pool.close());

const NOT_AUTHORIZED = { name: 'NotAuthorizedException', $metadata: { httpStatusCode: 400 } };

describe('InitiateAuth', () => {
  it.each([
    ['a wrong password', 'vi', 'Wrong-password-1'],
    ['a user that does not exist', 'nobody', PASSWORD],
    ['a user named like a member of every object', '__proto__', PASSWORD],
  ])('answers %s with the one message for both', async (_title, username, password) => {
    await expect(signIn(pool, username, password)).rejects.toMatchObject({
      ...NOT_AUTHORIZED,
      message: 'Incorrect username or password.',
    });
  });

  it('finds a user whatever the case of the name', async () => {
    await expect(signIn(pool, 'VI', PASSWORD)).resolves.toHaveProperty('AuthenticationResult');
  });

  it('refuses an app client that the pool does not have', async () => {
    await expect(signIn(pool, 'vi', PASSWORD, 'a'.repeat(26))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `User pool client ${'a'.repeat(26)} does not exist.`,
    });
  });

  it.each<[string, Partial<InitiateAuthCommandInput>, string]>([
    ['without a password', { AuthParameters: { USERNAME: 'vi' } }, 'Missing required parameter PASSWORD'],
    ['without parameters', { AuthParameters: {} }, 'Missing required parameter USERNAME'],
    [
      'without a refresh token',
      { AuthFlow: 'REFRESH_TOKEN_AUTH' },
      'Missing required parameter REFRESH_TOKEN',
    ],
    ['for SRP', { AuthFlow: 'USER_SRP_AUTH' }, 'USER_SRP_AUTH is not enabled for the client.'],
    ['for a custom flow', { AuthFlow: 'CUSTOM_AUTH' }, 'CUSTOM_AUTH is not enabled for the client.'],
    ['for an admin flow', { AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' }, 'Initiate Auth method not supported.'],
    [
      'without a client',
      { ClientId: undefined },
      "1 validation error detected: Value null at 'clientId' failed to satisfy constraint: Member must not be null",
    ],
  ])('is an InvalidParameterException %s', async (_title, changes, message) => {
    const input = { AuthFlow: 'USER_PASSWORD_AUTH', ClientId: pool.clientId, ...changes } as const;
    await expect(pool.sdk.send(new InitiateAuthCommand(input))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message,
    });
  });

  it('writes a flow that is not emulated to the log', async () => {
    const input = { AuthFlow: 'USER_SRP_AUTH', ClientId: pool.clientId } as const;
    await expect(pool.sdk.send(new InitiateAuthCommand(input))).rejects.toThrow();
    expect(pool.logged.at(-1)).toContain('USER_SRP_AUTH is not enabled for the client.');
  });

  it('names an unknown user when the app client has user existence errors', async () => {
    const legacy = await startUserPool({ knobs: { preventUserExistenceErrors: 'LEGACY' } });
    await expect(signIn(legacy, 'nobody', PASSWORD)).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'User does not exist.',
    });
    await legacy.close();
  });
});

describe('a disabled user', () => {
  it('can neither sign in nor refresh until enabled, and the refresh token stays revoked', async () => {
    const named = { UserPoolId: pool.userPoolId, Username: 'vi' };
    const { RefreshToken = '' } = (await signIn(pool, 'vi', PASSWORD)).AuthenticationResult ?? {};

    await pool.sdk.send(new AdminDisableUserCommand(named));
    const refused = { ...NOT_AUTHORIZED, message: 'User is disabled.' };
    await expect(signIn(pool, 'vi', PASSWORD)).rejects.toMatchObject(refused);
    await expect(refresh(pool, RefreshToken)).rejects.toMatchObject(NOT_AUTHORIZED);

    await pool.sdk.send(new AdminEnableUserCommand(named));
    await expect(signIn(pool, 'vi', PASSWORD)).resolves.toHaveProperty('AuthenticationResult');
    await expect(refresh(pool, RefreshToken)).rejects.toMatchObject({
      ...NOT_AUTHORIZED,
      message: 'Refresh Token has been revoked',
    });
  });
});

describe('a temporary password', () => {
  const TEMPORARY = 'Temporary-1';
  const CHOSEN = 'Chosen-by-me-1';
  const create = async (username: string) => {
    const input = { UserPoolId: pool.userPoolId, Username: username, TemporaryPassword: TEMPORARY };
    await pool.sdk.send(new AdminCreateUserCommand({ ...input, MessageAction: 'SUPPRESS' }));
    return signIn(pool, username, TEMPORARY);
  };
  const respond = (username: string, session: string | undefined, password = CHOSEN) =>
    pool.sdk.send(
      new RespondToAuthChallengeCommand({
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ClientId: pool.clientId,
        Session: session,
        ChallengeResponses: { USERNAME: username, NEW_PASSWORD: password, 'userAttributes.name': 'Nova' },
      }),
    );

  it('leads to NEW_PASSWORD_REQUIRED, and the answer signs in with the chosen one from then on', async () => {
    const challenge = await create('nova');
    expect(challenge).toMatchObject({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeParameters: { USER_ID_FOR_SRP: 'nova', requiredAttributes: '[]', userAttributes: '{}' },
    });
    expect(challenge.AuthenticationResult).toBeUndefined();

    const answer = await respond('nova', challenge.Session);

    expect(Object.keys(answer.AuthenticationResult ?? {}).sort()).toEqual(
      ['AccessToken', 'ExpiresIn', 'IdToken', 'RefreshToken', 'TokenType'].sort(),
    );
    await expect(signIn(pool, 'nova', CHOSEN)).resolves.toHaveProperty('AuthenticationResult.AccessToken');
    await expect(signIn(pool, 'nova', TEMPORARY)).rejects.toMatchObject(NOT_AUTHORIZED);
  });

  it('is challenged once per session, in its user’s name only, for three minutes', async () => {
    const { Session } = await create('once');
    await expect(respond('vi', Session)).rejects.toMatchObject({ message: 'Invalid session for the user.' });
    await expect(respond('once', Session, 'weak')).rejects.toMatchObject({
      name: 'InvalidPasswordException',
      message: 'Password did not conform with policy: Password not long enough',
    });
    await respond('once', Session);
    await expect(respond('once', Session)).rejects.toMatchObject({
      message: 'Invalid session for the user, session can only be used once.',
    });

    const late = await create('late');
    pool.clock.advance(3 * 60_000);
    await expect(respond('late', late.Session)).rejects.toMatchObject({
      ...NOT_AUTHORIZED,
      message: 'Invalid session for the user, session is expired.',
    });
  });

  it('stops working after seven days', async () => {
    await create('slow');
    pool.clock.advance(7 * 86_400_000);
    await expect(signIn(pool, 'slow', TEMPORARY)).rejects.toMatchObject({
      message: 'Temporary password has expired and must be reset by an administrator.',
    });
  });

  it('can be given to a user again, or made permanent', async () => {
    const input = { UserPoolId: pool.userPoolId, Username: 'vi' };
    await pool.sdk.send(new AdminSetUserPasswordCommand({ ...input, Password: TEMPORARY }));
    expect((await signIn(pool, 'vi', TEMPORARY)).ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    await pool.sdk.send(new AdminSetUserPasswordCommand({ ...input, Password: PASSWORD, Permanent: true }));
    expect((await signIn(pool, 'vi', PASSWORD)).ChallengeName).toBeUndefined();
  });
});
