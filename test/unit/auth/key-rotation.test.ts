import { KidNotFoundInJwksError } from 'aws-jwt-verify/error';
import { describe, expect, it } from 'vitest';
import { useKeyServer } from './support/key-server.ts';
import { createRig, outcomeOf, refusalOf } from './support/rig.ts';
import { createSigningKey, POOL, USER_ID } from './support/signing-key.ts';

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;

const key = await createSigningKey('key-1');
const rotated = await createSigningKey('key-2');
const stranger = await createSigningKey('key-of-nobody');
const sameKid = await createSigningKey('key-1');

const keyServer = useKeyServer(key.jwk);
const published = () => keyServer().requests.length;

describe('the first token', () => {
  it('is verified with the keys under the issuer’s path', async () => {
    const { authenticate, time } = createRig(keyServer().origin);

    expect(await authenticate(await key.bearer(time.now))).toEqual({ userId: USER_ID, groups: [] });
    expect(keyServer().requests).toEqual([`/${POOL.userPoolId}/.well-known/jwks.json`]);
  });

  it('shares its fetch with those that arrive meanwhile, known kid or not', async () => {
    const { authenticate, time } = createRig(keyServer().origin);
    const callers = Array.from({ length: 20 }, (_, index) => (index % 2 ? key : stranger));

    const outcomes = await Promise.all(
      callers.map(async (by) => outcomeOf(authenticate(await by.bearer(time.now)))),
    );

    expect(outcomes).toEqual(callers.map((by) => (by === key ? 'let in' : 'invalid-token')));
    expect(published()).toBe(1);
  });
});

describe('a kid that nobody published', () => {
  it.each([0, 1, 9 * SECOND, 10 * SECOND])(
    'is the token’s fault, without a fetch, %i ms after a good fetch',
    async (age) => {
      const { authenticate, time } = createRig(keyServer().origin);
      await authenticate(await key.bearer(time.now));
      time.now += age;

      const refusal = await refusalOf(authenticate(await stranger.bearer(time.now)));

      expect(refusal).toMatchObject({ code: 'invalid-token', cause: expect.any(KidNotFoundInJwksError) });
      expect(published()).toBe(1);
    },
  );

  it('costs one fetch later, and is the token’s fault then too', async () => {
    const { authenticate, time } = createRig(keyServer().origin);
    await authenticate(await key.bearer(time.now));
    time.now += 10 * SECOND + 1;

    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async () => outcomeOf(authenticate(await stranger.bearer(time.now)))),
    );

    expect(new Set(outcomes)).toEqual(new Set(['invalid-token']));
    expect(published()).toBe(2);
  });

  it('costs one fetch in more than 10 s, however many tokens come', async () => {
    const { authenticate, time } = createRig(keyServer().origin);
    const forged = await stranger.bearer(time.now);

    for (let second = 0; second <= 33; second++) {
      await refusalOf(authenticate(forged));
      time.now += SECOND;
    }

    expect(published()).toBe(4);
  });
});

describe('a rotated key', () => {
  it('is not seen in the 10 s after a good fetch: its tokens get 401', async () => {
    const { authenticate, time } = createRig(keyServer().origin);
    await authenticate(await key.bearer(time.now));
    keyServer().publish(rotated.jwk, key.jwk);
    time.now += 10 * SECOND;

    expect(await outcomeOf(authenticate(await rotated.bearer(time.now)))).toBe('invalid-token');
    expect(published()).toBe(1);
  });

  it('verifies within one fetch after that', async () => {
    const { authenticate, time } = createRig(keyServer().origin);
    await authenticate(await key.bearer(time.now));
    keyServer().publish(rotated.jwk, key.jwk);
    time.now += 10 * SECOND + 1;

    expect(await outcomeOf(authenticate(await rotated.bearer(time.now)))).toBe('let in');
    expect(await outcomeOf(authenticate(await key.bearer(time.now)))).toBe('let in');
    expect(published()).toBe(2);
  });

  it('is kept out by nobody’s made-up kids for longer than 10 s', async () => {
    const { authenticate, time } = createRig(keyServer().origin);
    await refusalOf(authenticate(await stranger.bearer(time.now)));
    keyServer().publish(rotated.jwk);
    time.now += 5 * SECOND;
    await refusalOf(authenticate(await stranger.bearer(time.now)));
    time.now += 5 * SECOND + 1;

    expect(await outcomeOf(authenticate(await rotated.bearer(time.now)))).toBe('let in');
  });
});

describe('a withdrawn key', () => {
  it('is trusted for an hour after it was fetched, and no longer', async () => {
    const { authenticate, time } = createRig(keyServer().origin);
    await authenticate(await key.bearer(time.now));
    keyServer().publish(rotated.jwk);
    time.now += HOUR;

    expect(await outcomeOf(authenticate(await key.bearer(time.now)))).toBe('let in');
    time.now += 1;
    expect(await outcomeOf(authenticate(await key.bearer(time.now)))).toBe('invalid-token');
    expect(published()).toBe(2);
  });

  it('gains nothing from another key that took over its kid', async () => {
    const { authenticate, time } = createRig(keyServer().origin);
    await authenticate(await key.bearer(time.now));
    keyServer().publish(sameKid.jwk);
    time.now += HOUR + 1;

    expect(await outcomeOf(authenticate(await key.bearer(time.now)))).toBe('invalid-token');
    expect(await outcomeOf(authenticate(await sameKid.bearer(time.now)))).toBe('let in');
  });
});

describe('a clock that goes back', () => {
  it('makes the keys old, not eternal', async () => {
    const { authenticate, time } = createRig(keyServer().origin);
    time.now += HOUR;
    await authenticate(await key.bearer(time.now));
    keyServer().publish(rotated.jwk);
    time.now -= HOUR / 2;

    expect(await outcomeOf(authenticate(await key.bearer(time.now)))).toBe('invalid-token');
  });
});

describe('of the published keys', () => {
  it.each([
    ['one for encryption', { ...sameKid.jwk, use: 'enc' }],
    ['one for another algorithm', { ...sameKid.jwk, alg: 'RS512' }],
    ['one of another kind', { ...sameKid.jwk, kty: 'oct', k: 'AAAA' }],
    ['one without a modulus', { ...sameKid.jwk, n: undefined }],
    ['one with a modulus that is no number', { ...sameKid.jwk, n: '!' }],
    ['one whose kid is no text', { ...sameKid.jwk, kid: ['key-1'] }],
    ['null', null],
  ])('%s is passed over, not the one beside it with the same kid', async (_title, other) => {
    keyServer().publish(other, key.jwk);
    const { authenticate, time } = createRig(keyServer().origin);

    expect(await outcomeOf(authenticate(await key.bearer(time.now)))).toBe('let in');
    expect(await outcomeOf(authenticate(await sameKid.bearer(time.now)))).toBe('invalid-token');
  });

  it('the first of two with one kid counts', async () => {
    keyServer().publish(key.jwk, sameKid.jwk);
    const { authenticate, time } = createRig(keyServer().origin);

    expect(await outcomeOf(authenticate(await key.bearer(time.now)))).toBe('let in');
    expect(await outcomeOf(authenticate(await sameKid.bearer(time.now)))).toBe('invalid-token');
  });
});
