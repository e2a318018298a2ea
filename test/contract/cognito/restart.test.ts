import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PASSWORD, refresh, signIn, startUserPool, verifierOf } from './user-pool.ts';

let parent: string;
let dataDir: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'user-pool-'));
  dataDir = join(parent, 'cognito');
});
afterEach(() => rm(parent, { recursive: true }));

it('users, passwords, keys and sign-ins are there again after a restart', async () => {
  const first = await startUserPool({ dataDir });
  const { userId } = await first.seedUser({ username: 'vi', password: PASSWORD, groups: ['chat-admins'] });
  const before = (await signIn(first, 'vi', PASSWORD)).AuthenticationResult;
  await first.close();

  const second = await startUserPool({ dataDir });
  const after = (await signIn(second, 'vi', PASSWORD)).AuthenticationResult;
  const claims = await verifierOf(second, 'access').verify(after?.AccessToken ?? '');
  expect(claims).toMatchObject({ sub: userId, 'cognito:groups': ['chat-admins'] });
  await expect(verifierOf(second, 'access').verify(before?.AccessToken ?? '')).resolves.toHaveProperty('sub');
  await expect(refresh(second, before?.RefreshToken ?? '')).resolves.toHaveProperty('AuthenticationResult');
  await second.close();
});

it('a rotation is remembered too', async () => {
  const first = await startUserPool({ dataDir });
  await first.seedUser({ username: 'vi', password: PASSWORD, groups: [] });
  const { AccessToken = '' } = (await signIn(first, 'vi', PASSWORD)).AuthenticationResult ?? {};
  await first.rotateKeys();
  await first.close();

  const second = await startUserPool({ dataDir });
  await expect(verifierOf(second, 'access').verify(AccessToken)).resolves.toHaveProperty('sub');
  await second.rotateKeys();
  await expect(verifierOf(second, 'access').verify(AccessToken)).rejects.toThrow('not found in the JWKS');
  await second.close();
});

it('files are for their owner only and hold neither passwords nor refresh tokens', async () => {
  const pool = await startUserPool({ dataDir });
  await pool.seedUser({ username: 'vi', password: PASSWORD, groups: [] });
  const { RefreshToken = '' } = (await signIn(pool, 'vi', PASSWORD)).AuthenticationResult ?? {};
  await pool.close();

  const names = (await readdir(dataDir)).sort();
  expect(names).toEqual(['keys.json', 'users.json']);
  for (const name of names) {
    const file = join(dataDir, name);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const content = await readFile(file, 'utf8');
    expect(content).not.toContain(PASSWORD);
    expect(content).not.toContain(RefreshToken);
  }
});

it('a folder of another pool is refused', async () => {
  const pool = await startUserPool({ dataDir });
  await pool.seedUser({ username: 'vi', password: PASSWORD, groups: [] });
  await pool.close();
  await expect(startUserPool({ dataDir, userPoolId: 'eu-west-1_Another1' })).rejects.toThrow(
    'holds the user pool eu-west-1_Roomkeep1',
  );
});
