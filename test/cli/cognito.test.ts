import { execFile, execFileSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../../infra/local/clock.ts';
import { type Cognito, startCognito } from '../../infra/local/cognito/index.ts';
import { createFaultBoard } from '../../infra/local/faults/board.ts';

const ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_PAGER: '',
  AWS_REGION: 'eu-west-1',
};
const PASSWORD = 'Vi-likes-to-chat-1';
const installed = isInstalled();

function isInstalled(): boolean {
  try {
    execFileSync('aws', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('aws cognito-idp', () => {
  let cognito: Cognito;
  beforeEach(({ skip }) => skip(!installed, 'SKIPPED: the aws CLI is not installed'));
  beforeAll(async () => {
    if (!installed) console.warn('SKIPPED: the aws CLI is not installed');
    cognito = await startCognito({
      region: 'eu-west-1',
      port: 0,
      clock: createClock(),
      faults: createFaultBoard(),
      dataDir: null,
      log: () => {},
    });
    await cognito.seedUser({ username: 'vi', password: PASSWORD, groups: ['chat-moderators'] });
  });
  afterAll(() => cognito.close());

  const aws = (...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const common = ['--endpoint-url', cognito.endpoint, '--region', 'eu-west-1', '--output', 'json'];
      execFile('aws', ['cognito-idp', ...args, ...common], { env: ENVIRONMENT }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
  const initiateAuth = (password: string) =>
    aws(
      ...['initiate-auth', '--auth-flow', 'USER_PASSWORD_AUTH', '--client-id', cognito.clientId],
      ...['--auth-parameters', `USERNAME=vi,PASSWORD=${password}`],
    );

  it('initiate-auth signs in', async () => {
    const { code, stdout } = await initiateAuth(PASSWORD);
    expect(code).toBe(0);
    const { AuthenticationResult } = JSON.parse(stdout);
    expect(AuthenticationResult).toMatchObject({ TokenType: 'Bearer', ExpiresIn: 900 });
    const claims = JSON.parse(
      Buffer.from(AuthenticationResult.AccessToken.split('.')[1], 'base64url').toString('utf8'),
    );
    expect(claims['cognito:groups']).toEqual(['chat-moderators']);
  });

  it('initiate-auth with a wrong password fails and says why', async () => {
    const { code, stderr } = await initiateAuth('Wrong-password-1');
    expect(code).not.toBe(0);
    expect(stderr).toContain('NotAuthorizedException');
    expect(stderr).toContain('Incorrect username or password.');
  });

  it('admin-get-user reads a signed-up user', async () => {
    const { code, stdout } = await aws(
      ...['admin-get-user', '--user-pool-id', cognito.userPoolId, '--username', 'vi'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ Username: 'vi', UserStatus: 'CONFIRMED', Enabled: true });
  });

  it('list-users is refused by name', async () => {
    const { code, stderr } = await aws('list-users', '--user-pool-id', cognito.userPoolId);
    expect(code).not.toBe(0);
    expect(stderr).toContain('ListUsers');
  });
});
