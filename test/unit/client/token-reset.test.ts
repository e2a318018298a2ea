import { describe, expect, it, vi } from 'vitest';
import { refusalOf, useRigs } from './support/provider.ts';
import { problem } from './support/tokens-api.ts';

const rig = useRigs();

describe('reset()', () => {
  it.each([
    ['a ban', problem(403, 'banned'), 'banned'],
    ['a 401', problem(401, 'invalid-token'), 'invalid-token'],
    ['a Retry-After', problem(429, 'too-many', { retryAfterSeconds: 60 }), 'too-many'],
  ])('forgets %s that is still on its way', async (_title, answer, code) => {
    const { promise: after, resolve: answerNow } = Promise.withResolvers<void>();
    const { provider, api, waits } = await rig([{ ...answer, after }]);
    const early = refusalOf(provider());
    await vi.waitFor(() => expect(api.requests).toHaveLength(1));

    provider.reset();
    answerNow();

    expect((await early).code).toBe(code);
    expect((await provider()).token).toBe('token-2');
    expect(waits).toEqual([]);
  });

  it('lets the next call go before one that waits', async () => {
    const { promise: hour, resolve: wake } = Promise.withResolvers<void>();
    const sleep = vi.fn(() => hour);
    const { provider } = await rig([problem(429, 'too-many', { retryAfterSeconds: 3600 })], { sleep });
    await refusalOf(provider());
    const waiting = provider();
    await vi.waitFor(() => expect(sleep).toHaveBeenCalledTimes(1));

    provider.reset();

    expect((await provider()).token).toBe('token-2');
    wake();
    expect((await waiting).token).toBe('token-3');
  });

  it('leaves the pace of later calls alone when one before it ends', async () => {
    const { promise: after, resolve: answerNow } = Promise.withResolvers<void>();
    const { provider, api, waits } = await rig([
      { ...problem(429, 'too-many', { retryAfterSeconds: 60 }), after },
    ]);
    const early = refusalOf(provider());
    await vi.waitFor(() => expect(api.requests).toHaveLength(1));

    provider.reset();
    await provider();
    answerNow();
    await early;
    await provider();

    expect(waits).toEqual([1000]);
  });
});
