import { describe, expect, it } from 'vitest';
import { refusalOf, useRigs } from './support/provider.ts';
import { problem } from './support/tokens-api.ts';

const rig = useRigs();

describe('repeated calls', () => {
  it('wait 1, 2, 4 and again 4 seconds, and each gets a token of its own', async () => {
    const { provider, waits } = await rig([]);

    const tokens = [];
    for (let call = 0; call < 5; call += 1) tokens.push((await provider()).token);

    expect(waits).toEqual([1000, 2000, 4000, 4000]);
    expect(tokens).toEqual(['token-1', 'token-2', 'token-3', 'token-4', 'token-5']);
  });

  it('are made one at a time, also when they come together', async () => {
    const { provider, api, waits } = await rig([]);

    const tokens = await Promise.all([provider(), provider(), provider()]);

    expect(new Set(tokens.map(({ token }) => token)).size).toBe(3);
    expect(api.mostInFlight()).toBe(1);
    expect(waits).toEqual([1000, 2000]);
  });

  it('are spread by up to half of the wait', async () => {
    const { provider, waits } = await rig([], { random: () => 0.5 });

    for (let call = 0; call < 4; call += 1) await provider();

    expect(waits).toEqual([1250, 2500, 5000]);
  });

  it('wait only for what is left of the time', async () => {
    const { provider, waits, time } = await rig([]);

    await provider();
    time.now += 700;
    await provider();

    expect(waits).toEqual([300]);
  });

  it('are no repeats when a session lies between them', async () => {
    const { provider, waits, time } = await rig([]);

    for (let call = 0; call < 3; call += 1) {
      await provider();
      time.now += 3_540_000;
    }
    await provider();
    await provider();

    expect(waits).toEqual([1000]);
  });

  it('count as repeats also when the connection took seconds to fail', async () => {
    const { provider, waits, time } = await rig([]);

    await provider();
    time.now += 9000;
    await provider();
    await provider();

    expect(waits).toEqual([2000]);
  });

  it('ask for the access token again after their wait', async () => {
    let asked = 0;
    const { provider, api } = await rig([], { getAccessToken: () => `access-${++asked}` });

    await provider();
    await provider();

    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer access-1',
      'Bearer access-3',
    ]);
  });

  it('wait no longer than their step when the clock is set back', async () => {
    const { provider, waits, time } = await rig([]);

    await provider();
    time.now -= 86_400_000;
    await provider();

    expect(waits).toEqual([1000]);
  });

  it('go at once after reset()', async () => {
    const { provider, waits } = await rig([problem(429, 'http-429', { retryAfterSeconds: 60 })]);

    await refusalOf(provider());
    provider.reset();
    await provider();

    expect(waits).toEqual([]);
  });
});

describe('after a failure that waiting helps', () => {
  it.each([
    ['429', { status: 429, body: { message: 'Too Many Requests' } }],
    ['503', { status: 503, body: { message: 'Service Unavailable' } }],
    ['504', problem(504, 'upstream-timeout')],
    ['a broken connection', { fault: 'reset' } as const],
  ])('%s: the next call waits and succeeds', async (_title, answer) => {
    const { provider, waits } = await rig([answer, answer]);

    await refusalOf(provider());
    await refusalOf(provider());

    expect((await provider()).token).toBe('token-3');
    expect(waits).toEqual([1000, 2000]);
  });

  it.each([
    ['the problem', problem(503, 'upstream-throttled', { retryAfterSeconds: 9 }), 9000],
    ['the header', { status: 429, headers: { 'retry-after': '30' }, body: '' }, 30_000],
    [
      'neither, being an HTTP date',
      { status: 429, headers: { 'retry-after': 'Fri, 01 May 2026 13:00:00 GMT' }, body: '' },
      1000,
    ],
    [
      'a time beyond an hour, which is cut',
      problem(429, 'too-many', { retryAfterSeconds: 999_999_999 }),
      3_600_000,
    ],
  ])('waits for what Retry-After says: %s', async (_title, answer, wait) => {
    const { provider, waits } = await rig([answer]);

    await refusalOf(provider());
    await provider();

    expect(waits).toEqual([wait]);
  });

  it('never waits for less than Retry-After, jitter or not', async () => {
    const { provider, waits } = await rig([problem(503, 'x', { retryAfterSeconds: 8 })], {
      random: () => 0.9,
    });

    await refusalOf(provider());
    await provider();

    expect(waits[0]).toBeGreaterThanOrEqual(8000);
  });
});
