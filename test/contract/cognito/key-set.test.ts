import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, PASSWORD, signIn, startUserPool, type UserPool, verifierOf } from './user-pool.ts';

let pool: UserPool;
beforeAll(async () => {
  pool = await startUserPool();
  await pool.seedUser({ username: 'vi', password: PASSWORD, groups: [] });
});
afterAll(() => pool.close());

async function keySet(): Promise<Record<string, string>[]> {
  const response = await fetch(`${pool.jwksOrigin}/${pool.userPoolId}/.well-known/jwks.json`);
  return ((await response.json()) as { keys: Record<string, string>[] }).keys;
}
async function accessToken(): Promise<string> {
  return (await signIn(pool, 'vi', PASSWORD)).AuthenticationResult?.AccessToken ?? '';
}

describe('the key set', () => {
  it('publishes the public halves of two RSA keys and nothing else', async () => {
    const keys = await keySet();
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
      expect(key).toMatchObject({ alg: 'RS256', e: 'AQAB', kty: 'RSA', use: 'sig' });
    }
  });

  it('keeps the old key through one rotation and drops it at the second', async () => {
    const old = await accessToken();

    await pool.rotateKeys();
    const fresh = await accessToken();
    expect(decode(fresh).header.kid).not.toBe(decode(old).header.kid);
    const between = verifierOf(pool, 'access');
    await expect(between.verify(old)).resolves.toHaveProperty('sub');
    await expect(between.verify(fresh)).resolves.toHaveProperty('sub');
    expect(await keySet()).toHaveLength(4);

    await pool.rotateKeys();
    const after = verifierOf(pool, 'access');
    await expect(after.verify(fresh)).resolves.toHaveProperty('sub');
    await expect(verifierOf(pool, 'access').verify(old)).rejects.toThrow('not found in the JWKS');
  });

  it('differs from start to start, so that no published key can forge a token', async () => {
    const other = await startUserPool();
    const kids = (await keySet()).map(({ kid }) => kid);
    const response = await fetch(`${other.jwksOrigin}/${other.userPoolId}/.well-known/jwks.json`);
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    await other.close();
    expect(keys.map(({ kid }) => kid).filter((kid) => kids.includes(kid))).toEqual([]);
  });

  it('can be made to fail', async () => {
    const id = pool.faults.add({
      target: 'cognito',
      match: '/.well-known/jwks.json',
      fault: { mode: 'status', status: 503 },
    });
    const token = await accessToken();
    await expect(verifierOf(pool, 'access').verify(token)).rejects.toThrow();
    pool.faults.remove(id);
    await expect(verifierOf(pool, 'access').verify(token)).resolves.toHaveProperty('sub');
  });
});

it('openid-configuration names the real issuer and its key set', async () => {
  const path = `/${pool.userPoolId}/.well-known/openid-configuration`;
  const configuration = await (await fetch(pool.endpoint + path)).json();
  expect(configuration).toMatchObject({
    issuer: pool.issuer,
    jwks_uri: `${pool.issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
  });
});
