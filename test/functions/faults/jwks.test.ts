import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../infra/local/faults/rule.ts';
import { callApi, signIn, useStack } from '../../support/stack.ts';
import { signRs256 } from '../support/token-forge.ts';
import { control, type InjectedFaults, inject } from './support/control.ts';

/** The longest that Cognito gives: a key can be withdrawn long before the tokens that it signed expire. */
const ACCESS_TOKEN_MINUTES = 24 * 60;
/** For so long after a fetch an unknown key is taken for a forgery (lib/auth/jwks-cache.ts), ... */
const UNKNOWN_KEY_SECONDS = 10;
/** ... and after so long the keys are fetched anew. */
const REFRESH_SECONDS = 60 * 60;

const current = useStack({ cognitoKnobs: { accessTokenMinutes: ACCESS_TOKEN_MINUTES } });

/** Instances have the keys that they fetched: each test begins without any. */
beforeEach(() => current().stack.gateway.reload('tokens'));
afterEach(() => control(current(), 'DELETE', '/faults'));

const breakJwks = (fault: Fault): Promise<InjectedFaults> =>
  inject(current(), { target: 'cognito', match: '/.well-known/jwks.json', fault });
/** A fault that harms nobody counts how often the keys are fetched. */
const countFetches = () => breakJwks({ mode: 'delay', ms: 0 });
const rotateKeys = () => control(current(), 'POST', '/cognito/rotate-keys', {});
const advance = (seconds: number) => control(current(), 'POST', '/clock/advance', { seconds });
const newToken = async () => (await signIn(current(), 'vi')).accessToken;
const vend = (token: string) =>
  callApi(current(), 'POST', `/rooms/${current().roomId}/tokens`, { token, body: {} });
const statusOf = async (token: string) => (await vend(token)).status;

/** @returns seconds after which the function asks to be called again. */
async function expectUnavailable(token: string): Promise<number> {
  const { status, headers, body } = await vend(token);
  expect([status, body.code]).toEqual([503, 'jwks-unavailable']);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  // Who were told to sign in again could not: the keys would be as far away as before.
  expect(headers.get('www-authenticate')).toBeNull();
  expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  return Number(headers.get('retry-after'));
}

describe('a function that has just started, while the keys', () => {
  it.each<[string, Fault]>([
    ['are behind a connection that breaks', { mode: 'reset' }],
    ['never come', { mode: 'hang' }],
    ['stop half-way', { mode: 'hang', when: 'body' }],
    ['are cut off', { mode: 'truncate' }],
    ['come too slowly', { mode: 'drip', ms: 50 }],
    ['are an error', { mode: 'status', status: 500, body: { message: 'no' } }],
    ['are elsewhere', { mode: 'status', status: 302, headers: { location: 'http://127.0.0.1/' } }],
    [
      'are a web page',
      { mode: 'status', status: 200, body: '<html>', headers: { 'content-type': 'text/html' } },
    ],
    ['are JSON without keys', { mode: 'status', status: 200, body: { keys: [] } }],
  ])('%s, asks to come back, and then works', async (_how, fault) => {
    const token = await newToken();
    const broken = await breakJwks(fault);
    const seconds = await expectUnavailable(token);
    expect(await broken.applied()).toBe(1);
    await broken.remove();
    await advance(seconds);

    expect(await statusOf(token)).toBe(201);
  });
});

describe('a function that has read the keys, while they are out of reach', () => {
  it('lets known keys verify and asks holders of an unknown one to come back', async () => {
    const known = await newToken();
    expect(await statusOf(known)).toBe(201);
    const broken = await breakJwks({ mode: 'reset' });
    await rotateKeys();
    const unknown = await newToken();
    await advance(UNKNOWN_KEY_SECONDS + 1);

    const seconds = await expectUnavailable(unknown);
    expect(await statusOf(known)).toBe(201);
    await broken.remove();
    await advance(seconds);
    expect([await statusOf(unknown), await statusOf(known)]).toEqual([201, 201]);
  });

  it('lets known keys verify when they should have been fetched anew', async () => {
    const known = await newToken();
    expect(await statusOf(known)).toBe(201);
    const broken = await breakJwks({ mode: 'reset' });
    await advance(REFRESH_SECONDS + 1);

    expect(await statusOf(known)).toBe(201);
    expect(await broken.applied()).toBe(1);
  });
});

describe('a rotation of the keys', () => {
  it('costs one fetch; tokens of the old key are good as long as it is published', async () => {
    const old = await newToken();
    expect(await statusOf(old)).toBe(201);
    const fetches = await countFetches();
    await rotateKeys();
    const young = await newToken();
    await advance(UNKNOWN_KEY_SECONDS + 1);

    expect([await statusOf(young), await statusOf(old)]).toEqual([201, 201]);
    expect(await fetches.applied()).toBe(1);
  });

  it('that withdraws a key ends its tokens before they expire, and no others', async () => {
    const withdrawn = await newToken();
    await rotateKeys();
    const published = await newToken();
    expect([await statusOf(withdrawn), await statusOf(published)]).toEqual([201, 201]);
    await rotateKeys();
    await advance(REFRESH_SECONDS + 1);

    const { status, body } = await vend(withdrawn);
    expect([status, body.code]).toEqual([401, 'invalid-token']);
    expect(await statusOf(published)).toBe(201);
    expect(Number(claimsOf(withdrawn).exp) * 1000).toBeGreaterThan(current().stack.clock.now());
  });
});

describe('a flood of tokens with keys that nobody has published', () => {
  it('does not keep a new key out for longer than ten seconds, and costs a fetch in ten seconds', async () => {
    expect(await statusOf(await newToken())).toBe(201);
    await advance(UNKNOWN_KEY_SECONDS + 1);
    const fetches = await countFetches();
    // The worst moment: the flood has just made the function fetch the keys, and now they change.
    expect(await statusOf(forged())).toBe(401);
    expect(await fetches.applied()).toBe(1);
    await rotateKeys();
    const young = await newToken();
    for (let second = 0; second <= UNKNOWN_KEY_SECONDS; second += 1) {
      expect([await statusOf(forged()), await statusOf(forged())]).toEqual([401, 401]);
      await advance(1);
    }

    expect(await statusOf(young)).toBe(201);
    expect(await fetches.applied()).toBe(2);
  });

  it('that arrives at once is refused, and the good token in the midst of it is not', async () => {
    const good = await newToken();
    const fetches = await countFetches();
    const statuses = await Promise.all([
      ...Array.from({ length: 4 }, () => statusOf(forged())),
      statusOf(good),
      ...Array.from({ length: 4 }, () => statusOf(forged())),
    ]);

    expect(statuses).toEqual(Array.from({ length: 9 }, (_, index) => (index === 4 ? 201 : 401)));
    const instances = current().stack.gateway.instances();
    const vending = instances.filter(({ functionName }) => functionName === 'tokens');
    expect(await fetches.applied()).toBeLessThanOrEqual(vending.length);
  });
});

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
let strangers = 0;

/** A token as the user pool would give it, signed by a key of nobody's, each time another one. */
function forged(): string {
  const now = Math.floor(current().stack.clock.now() / 1000);
  const { description } = current();
  strangers += 1;
  return signRs256(
    stranger,
    { alg: 'RS256', kid: `nobody-${strangers}` },
    {
      sub: description.users[0]?.userId,
      iss: `https://cognito-idp.${description.region}.amazonaws.com/${description.userPoolId}`,
      client_id: description.clientId,
      token_use: 'access',
      iat: now,
      exp: now + 900,
    },
  );
}

function claimsOf(token: string): Record<string, unknown> {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return JSON.parse(payload) as Record<string, unknown>;
}
