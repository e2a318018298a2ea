import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
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
