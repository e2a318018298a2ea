import { generateKeyPairSync } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFaultBoard, type FaultBoard } from '../../../infra/local/faults/board.ts';
import { type Issuer, type Key, makeKey, signToken, startIssuer } from './issuer.ts';
import { type GuardedGateway, startGuarded } from './start-guarded.ts';

const UNAUTHORIZED = { status: 401, body: '{"message":"Unauthorized"}' };
const TWO_HOURS_MS = 2 * 60 * 60 * 1000;

describe('the keys of an issuer', () => {
  let issuer: Issuer;
  let key: Key;
  let guarded: GuardedGateway;
  beforeAll(async () => {
    issuer = await startIssuer();
    key = await makeKey('one');
  });
  beforeEach(async () => {
    issuer.publish({ keys: [key.jwk] });
    guarded = await startGuarded(issuer);
  });
  afterEach(() => guarded.close());
  afterAll(() => issuer.close());

  const sign = (by = key) => signToken(issuer, by, guarded.clock.now());

  it('are asked for where the issuer publishes them, once', async () => {
    const before = issuer.asked.length;
    for (const _ of [1, 2, 3]) {
      expect(await guarded.get('/guarded', await sign())).toMatchObject({ status: 200 });
    }
    expect(issuer.asked.slice(before)).toEqual(['/eu-west-1_Forged001/.well-known/jwks.json']);
  });

  it('are asked for again when a token names one that is not known', async () => {
    expect(await guarded.get('/guarded', await sign())).toMatchObject({ status: 200 });
    const added = await makeKey('added');
    const token = await sign(added);
    expect(await guarded.get('/guarded', token)).toMatchObject(UNAUTHORIZED);
    issuer.publish({ keys: [added.jwk, key.jwk] });
    expect(await guarded.get('/guarded', token)).toMatchObject({ status: 200 });
  });

  it('are kept for two hours, though the issuer has withdrawn them', async () => {
    const token = await signToken(issuer, key, guarded.clock.now(), { exp: 9_999_999_999 });
    expect(await guarded.get('/guarded', token)).toMatchObject({ status: 200 });
    issuer.publish({ keys: [] });
    guarded.clock.advance(TWO_HOURS_MS - 60_000);
    expect(await guarded.get('/guarded', token)).toMatchObject({ status: 200 });
    guarded.clock.advance(60_000);
    expect(await guarded.get('/guarded', token)).toMatchObject(UNAUTHORIZED);
  });

  it.each([
    ['an error', { keys: [] }, 500],
    ['no key set', { message: 'no' }, 200],
    ['a key that is none', { keys: ['x'] }, 200],
  ])('cannot be had when the issuer answers with %s', async (_title, body, status) => {
    issuer.publish(body, status);
    const response = await guarded.get('/guarded', await sign());
    expect(response).toMatchObject(UNAUTHORIZED);
    expect(response.headers['www-authenticate']).toContain('JWKS communication error');
    expect(guarded.invocations()).toBe(0);
    issuer.publish({ keys: [key.jwk] });
    expect(await guarded.get('/guarded', await sign())).toMatchObject({ status: 200 });
  });

  it('are not had from where the issuer sends the gateway on to', async () => {
    const moved = await startIssuer();
    moved.publish({ keys: [key.jwk] });
    moved.redirectTo('/elsewhere');
    const sent = await startGuarded(moved);
    try {
      const response = await sent.get('/guarded', await sign());
      expect(response).toMatchObject(UNAUTHORIZED);
      expect(response.headers['www-authenticate']).toContain('JWKS communication error');
      expect(moved.asked).toEqual(['/eu-west-1_Forged001/.well-known/jwks.json']);
    } finally {
      await sent.close();
      await moved.close();
    }
  });

  it.each([
    ['has no modulus', { n: undefined }],
    ['has a modulus that is no base64url', { n: '!!' }],
    ['has a number for a modulus', { n: 5 }],
    ['has no exponent', { e: undefined }],
    [
      'has 1024 bits',
      generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' }),
    ],
  ])('refuse a token whose key %s, and serve the others', async (_title, changes) => {
    const good = await makeKey('good');
    issuer.publish({ keys: [{ ...key.jwk, ...changes }, good.jwk] });
    const response = await guarded.get('/guarded', await sign());
    expect(response).toMatchObject(UNAUTHORIZED);
    expect(response.headers['www-authenticate']).toContain('the key that the token names cannot be used');
    expect(guarded.invocations()).toBe(0);
    expect(await guarded.get('/guarded', await sign(good))).toMatchObject({ status: 200 });
  });

  it.each([
    [150_000, {}, 200],
    [150_001, {}, 401],
    [150_001, { jwksLimitBytes: 150_001 }, 200],
  ])('in a set of %i bytes, with the knobs %o, are answered for with %i', async (size, knobs, status) => {
    const pad = (length: number) => ({ keys: [key.jwk], pad: 'x'.repeat(length) });
    const limited = await startGuarded(issuer, { knobs });
    issuer.publish(pad(size - JSON.stringify(pad(0)).length));
    try {
      expect(await limited.get('/guarded', await sign())).toMatchObject({ status });
    } finally {
      await limited.close();
    }
  });

  it('are fetched once for all requests that wait for them, be they had or not', async () => {
    let arrived = 0;
    const counting: FaultBoard['guard'] = (_target, listener) => (incoming, response) => {
      arrived += 1;
      listener(incoming, response);
    };
    const busy = await startGuarded(issuer, { faults: { ...createFaultBoard(), guard: counting } });
    const unknown = await sign(await makeKey('unknown'));
    const tokens = [await sign(), unknown, await sign()];
    const statuses = async () => {
      const before = { asked: issuer.asked.length, arrived };
      const release = issuer.hold();
      const requests = tokens.map((token) => busy.get('/guarded', token));
      await vi.waitUntil(() => arrived === before.arrived + 3 && issuer.asked.length > before.asked);
      release();
      const responses = await Promise.all(requests);
      return [issuer.asked.length - before.asked, ...responses.map(({ status }) => status)];
    };
    try {
      issuer.publish({}, 500);
      expect(await statuses()).toEqual([1, 401, 401, 401]);
      issuer.publish({ keys: [key.jwk] });
      expect(await statuses()).toEqual([1, 200, 401, 200]);
    } finally {
      await busy.close();
    }
  });

  it('that come too late cannot be had', async () => {
    const hasty = await startGuarded(issuer, { knobs: { jwksTimeoutMs: 50 } });
    const release = issuer.hold();
    try {
      expect(await hasty.get('/guarded', await sign())).toMatchObject(UNAUTHORIZED);
    } finally {
      release();
      await hasty.close();
    }
  });

  it.each([
    [401, {}],
    [500, { jwksUnreachableStatus: 500 }],
  ] as const)('that nobody answers for are a %i when told so', async (status, knobs) => {
    const silent = await startGuarded({ ...issuer, jwksOrigin: 'http://127.0.0.1:9' }, { knobs });
    try {
      expect(await silent.get('/guarded', await sign())).toMatchObject({ status });
      expect(silent.invocations()).toBe(0);
    } finally {
      await silent.close();
    }
  });

  it('may come after the client has gone: nothing waits for the rest of its request', async () => {
    const authorization = await sign();
    const before = issuer.asked.length;
    const release = issuer.hold();
    const upload = request(`${guarded.gateway.apiUrl}/guarded`, {
      method: 'POST',
      headers: { authorization, 'content-length': 10 },
    });
    upload.on('error', () => {});
    upload.write('half');
    await vi.waitUntil(() => issuer.asked.length > before);
    upload.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    release();
    await vi.waitUntil(() => guarded.log.includes('gateway POST failed: the client went away'));
    expect(guarded.invocations()).toBe(0);
  });
});
