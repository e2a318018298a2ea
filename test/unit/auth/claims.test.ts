import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeyServer, startKeyServer } from './support/key-server.ts';
import { createRig, outcomeOf } from './support/rig.ts';
import { createSigningKey, POOL, USER_ID } from './support/signing-key.ts';

const HOUR = 60 * 60;
const DAY = 24 * HOUR;
const ACCEPTED = 'let in';
const REFUSED = 'invalid-token';

/**
 * Away from the machine's clock, so that the injected one decides: aws-jwt-verify reads `Date` and would refuse alone what has
 * expired or is not valid yet.
 */
const LATER = (Math.floor(Date.now() / 1000) + HOUR) * 1000;
const EARLIER = LATER - 2 * HOUR * 1000;

const key = await createSigningKey('key-1');
let keyServer: KeyServer;
beforeAll(async () => {
  keyServer = await startKeyServer(key.jwk);
});
afterAll(async () => keyServer.close());

type Claims = Readonly<Record<string, unknown>>;

async function outcomeAt(now: number, claims: Claims): Promise<string> {
  const { authenticate } = createRig(keyServer.origin, now);
  return outcomeOf(authenticate(await key.bearer(now, claims)));
}

describe('times', () => {
  const now = LATER / 1000;

  it.each<[string, Claims, string]>([
    ['ended a second ago', { iat: now - HOUR, exp: now - 1 }, REFUSED],
    ['ends now', { iat: now - HOUR, exp: now }, REFUSED],
    ['ends in a second', { iat: now - HOUR, exp: now + 1 }, ACCEPTED],
    ['is issued 60 s ahead', { iat: now + 60, exp: now + 900 }, ACCEPTED],
    ['is issued 61 s ahead', { iat: now + 61, exp: now + 900 }, REFUSED],
    ['lives for exactly 24 h', { iat: now, exp: now + DAY }, ACCEPTED],
    ['lives a second longer than 24 h', { iat: now, exp: now + DAY + 1 }, REFUSED],
    ['lived 24 h and a second, nearly over', { iat: now - DAY, exp: now + 1 }, REFUSED],
    ['lives for a second', { iat: now + 30, exp: now + 31 }, ACCEPTED],
    ['lives for no time', { iat: now + 30, exp: now + 30 }, REFUSED],
    ['ends before it begins', { iat: now + 40, exp: now + 30 }, REFUSED],
    ['ends at a fraction of a second', { exp: now + 900.5 }, REFUSED],
    ['is issued at a fraction of a second', { iat: now - 0.5 }, REFUSED],
    ['has no time of issue', { iat: undefined }, REFUSED],
    ['has no end', { exp: undefined }, REFUSED],
    ['has an end beyond all calendars, behind', { exp: -9e15 }, REFUSED],
    ['has an object as its end', { exp: { toString: 1, valueOf: 1 } }, REFUSED],
    ['begins at no number', { nbf: 'now' }, REFUSED],
    ['begins at null', { nbf: null }, REFUSED],
    ['begins in milliseconds', { nbf: now * 1000 }, REFUSED],
    ['begins beyond all numbers', { nbf: 1e300 }, REFUSED],
  ])('a token that %s', async (_title, claims, outcome) => {
    expect(await outcomeAt(LATER, claims)).toBe(outcome);
  });

  it.each<[string, number, string]>([
    ['a second ago', -1, ACCEPTED],
    ['now', 0, ACCEPTED],
    ['in a second', 1, REFUSED],
  ])('a token that is valid from %s', async (_title, seconds, outcome) => {
    const earlier = EARLIER / 1000;
    const claims = { nbf: earlier + seconds, exp: earlier + 2 * HOUR };

    expect(await outcomeAt(EARLIER, claims)).toBe(outcome);
  });
});

describe('sub', () => {
  it.each<[string, unknown, string]>([
    ['one character', 'a', ACCEPTED],
    ['128 characters', 'a'.repeat(128), ACCEPTED],
    ['129 characters', 'a'.repeat(129), REFUSED],
    ['every kind of character', 'aZ09_-', ACCEPTED],
    ['a newline at the end', `${USER_ID}\n`, REFUSED],
    ['a blank', 'a b', REFUSED],
    ['a letter beyond ASCII', 'é', REFUSED],
    ['a colon', 'a:b', REFUSED],
    ['null', null, REFUSED],
  ])('of %s', async (_title, sub, outcome) => {
    expect(await outcomeAt(LATER, { sub })).toBe(outcome);
  });
});

describe('groups', () => {
  it.each<[string, unknown, readonly string[] | undefined]>([
    ['absent', undefined, []],
    ['none', [], []],
    ['two', ['chat-admins', 'Ünïcode, with comma'], ['chat-admins', 'Ünïcode, with comma']],
    ['text', 'chat-admins', undefined],
    ['the text that the gateway makes of an array', '[chat-admins chat-moderators]', undefined],
    ['null', null, undefined],
    ['an object like an array', { 0: 'chat-admins', length: 1 }, undefined],
    ['a number among texts', ['chat-admins', 1], undefined],
    ['null among texts', ['chat-admins', null], undefined],
    ['an array in an array', [['chat-admins']], undefined],
  ])('that are %s', async (_title, groups, expected) => {
    const { authenticate } = createRig(keyServer.origin, LATER);
    const check = authenticate(await key.bearer(LATER, { 'cognito:groups': groups }));

    if (expected) expect(await check).toEqual({ userId: USER_ID, groups: expected });
    else expect(await outcomeOf(check)).toBe(REFUSED);
  });
});

describe('the caller', () => {
  it('is made of the token’s subject and groups, and of nothing else in it', async () => {
    const { authenticate } = createRig(keyServer.origin, LATER);
    const bearer = await key.bearer(LATER, {
      role: 'admin',
      userId: 'somebody-else',
      groups: ['chat-admins'],
      'custom:role': 'admin',
    });

    expect(await authenticate(bearer)).toEqual({ userId: USER_ID, groups: [] });
  });

  it.each<[string, Claims]>([
    ['of another client', { client_id: 'another' }],
    ['for another use', { token_use: 'id', aud: POOL.userPoolClientId }],
    ['of another pool', { iss: POOL.issuer.replace('Unit12345', 'Unit12346') }],
  ])('is not let in by a token %s', async (_title, claims) => {
    expect(await outcomeAt(LATER, claims)).toBe(REFUSED);
  });
});
