import { generateKeyPairSync } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createAuthenticate } from '../../../lib/auth/index.ts';
import { useKeyServer } from './support/key-server.ts';
import { createRig, outcomeOf, refusalOf } from './support/rig.ts';
import { createSigningKey, POOL } from './support/signing-key.ts';

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
/** What API Gateway's own authorizer takes, too. */
const MAX_BYTES = 150_000;

const key = await createSigningKey('key-1');
const rotated = await createSigningKey('key-2');
const weakKey = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });

const keyServer = useKeyServer(key.jwk);
const fetches = () => keyServer().requests.length;

const goodSet = JSON.stringify({ keys: [key.jwk] });
const text =
  (body: string | Buffer, status = 200, headers = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(status, headers).end(body);
const down = text('', 500);
const stayed: RequestListener = () => undefined;
const dripped: RequestListener = (_request, response) => {
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
};

const FAILURES: readonly (readonly [string, RequestListener])[] = [
  ['is answered with 500', down],
  ['is answered with 500 and good keys', text(goodSet, 500)],
  ['is answered with 203 and good keys', text(goodSet, 203)],
  ['is a redirect and good keys', text(goodSet, 302, { location: '/moved' })],
  ['is answered with 204', text('', 204)],
  [
    'is a redirect to good keys',
    (request, response) =>
      request.url === '/moved'
        ? response.end(goodSet)
        : response.writeHead(302, { location: '/moved' }).end(),
  ],
  ['is HTML', text('<html>Sign in to the hotel network</html>', 200, { 'content-type': 'text/html' })],
  ['is empty', text('')],
  ['is cut off', text(goodSet.slice(0, -10))],
  [
    'is shorter than it says',
    (_request, response) => {
      response.writeHead(200, { 'content-length': goodSet.length + 10 }).write(goodSet);
      setTimeout(() => response.destroy(), 20);
    },
  ],
  ['is a reset connection', (request) => request.socket.resetAndDestroy()],
  ['is a byte too large', text(goodSet.padEnd(MAX_BYTES + 1))],
  [
    'is not UTF-8',
    text(Buffer.concat([Buffer.from(`{"x":"`), Buffer.of(0xff), Buffer.from(`",${goodSet.slice(1)}`)])),
  ],
  ['is null', text('null')],
  ['has no keys', text('{}')],
  ['has keys that are no array', text(JSON.stringify({ keys: { ...[key.jwk] } }))],
  ['has an empty array of keys', text('{"keys":[]}')],
  ['has only a key for encryption', text(JSON.stringify({ keys: [{ ...key.jwk, use: 'enc' }] }))],
  ['has only a key of 1024 bits', text(JSON.stringify({ keys: [{ ...weakKey, kid: 'key-1' }] }))],
  ['hangs', stayed],
  ['hangs after the headers, byte by byte', dripped],
];

describe('a JWKS that cannot be read', () => {
  it.each(FAILURES)('because it %s is not the token’s fault', async (_title, failure) => {
    keyServer().answer(failure);
    const { authenticate, time } = createRig(keyServer().origin);

    const refusal = await refusalOf(authenticate(await key.bearer(time.now)));

    expect(refusal).toMatchObject({ code: 'jwks-unavailable', statusCode: 503, retryAfterSeconds: 2 });
    expect(keyServer().requests).not.toContain('/moved');
  });

  it('because nobody listens is not the token’s fault', async () => {
    const { authenticate, time } = createRig(keyServer().origin);
    await keyServer().close();

    expect(await outcomeOf(authenticate(await key.bearer(time.now)))).toBe('jwks-unavailable');
  });

  it('says nothing about a token that is malformed anyway', async () => {
    keyServer().answer(down);
    const { authenticate } = createRig(keyServer().origin);

    expect(await outcomeOf(authenticate('Bearer a.b.c'))).toBe('invalid-token');
    expect(fetches()).toBe(0);
  });

  it('is read up to 150 kB', async () => {
    keyServer().answer(text(goodSet.padEnd(MAX_BYTES)));
    const { authenticate, time } = createRig(keyServer().origin);

    expect(await outcomeOf(authenticate(await key.bearer(time.now)))).toBe('let in');
  });
});

describe('a failed fetch', () => {
  it('is shared and remembered for a second', async () => {
    keyServer().answer(down);
    const { authenticate, time } = createRig(keyServer().origin);
    const ask = async () => outcomeOf(authenticate(await key.bearer(time.now)));

    expect(new Set(await Promise.all([ask(), ask(), ask(), ask()]))).toEqual(new Set(['jwks-unavailable']));
    expect(fetches()).toBe(1);

    keyServer().publish(key.jwk);
    time.now += SECOND;
    expect(await ask()).toBe('jwks-unavailable');
    expect(fetches()).toBe(1);

    time.now += 1;
    expect(await ask()).toBe('let in');
    expect(fetches()).toBe(2);
  });

  it('of which the fetcher throws at once is tried anew all the same', async () => {
    const time = { now: Date.now() };
    let calls = 0;
    const authenticate = createAuthenticate({
      ...POOL,
      now: () => time.now,
      fetchJwks: () => {
        if (calls++ === 0) throw new TypeError('Invalid URL');
        return Promise.resolve(goodSet);
      },
    });

    expect(await outcomeOf(authenticate(await key.bearer(time.now)))).toBe('jwks-unavailable');
    time.now += SECOND + 1;
    expect(await outcomeOf(authenticate(await key.bearer(time.now)))).toBe('let in');
  });
});

describe('while the JWKS is down', () => {
  it('known kids verify and unknown ones get 503, never 401', async () => {
    const { authenticate, time } = createRig(keyServer().origin);
    await authenticate(await key.bearer(time.now));
    keyServer().answer(down);
    time.now += 10 * SECOND + 1;

    expect(await outcomeOf(authenticate(await rotated.bearer(time.now)))).toBe('jwks-unavailable');
    expect(await outcomeOf(authenticate(await rotated.bearer(time.now)))).toBe('jwks-unavailable');
    expect(await outcomeOf(authenticate(await key.bearer(time.now)))).toBe('let in');
    expect(fetches()).toBe(2);
  });

  it('known kids verify after the hour too, trying once a minute, for a day', async () => {
    const { authenticate, time } = createRig(keyServer().origin);
    await authenticate(await key.bearer(time.now));
    keyServer().answer(down);
    const ask = async () => outcomeOf(authenticate(await key.bearer(time.now)));

    time.now += HOUR + 1;
    expect([await ask(), await ask(), fetches()]).toEqual(['let in', 'let in', 2]);
    time.now += 60 * SECOND;
    expect([await ask(), fetches()]).toEqual(['let in', 2]);
    time.now += 1;
    expect([await ask(), fetches()]).toEqual(['let in', 3]);
    time.now += 24 * HOUR;
    expect(await ask()).toBe('jwks-unavailable');
  });

  it('the end of the trouble is noticed: a key withdrawn meanwhile loses its trust', async () => {
    const { authenticate, time } = createRig(keyServer().origin);
    await authenticate(await key.bearer(time.now));
    keyServer().answer(down);
    time.now += HOUR + 1;
    await authenticate(await key.bearer(time.now));
    keyServer().publish(rotated.jwk);
    time.now += 60 * SECOND + 1;

    expect(await outcomeOf(authenticate(await key.bearer(time.now)))).toBe('invalid-token');
    expect(await outcomeOf(authenticate(await rotated.bearer(time.now)))).toBe('let in');
  });
});
