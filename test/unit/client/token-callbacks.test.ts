import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf, useRigs } from './support/provider.ts';
import { problem } from './support/tokens-api.ts';

const rig = useRigs();

describe('a getAccessToken that never settles', () => {
  const never = new Promise<string>(() => {});

  it.each([
    ['at the start of a call', 1],
    ['after the wait of a repeat', 3],
  ])('%s ends as access-token-timeout, and the next call goes', async (_title, stuck) => {
    let asked = 0;
    const getAccessToken = () => {
      asked += 1;
      return asked === stuck ? never : `access-${asked}`;
    };
    const { provider, api } = await rig([], { getAccessToken, timeoutMs: 500 });
    if (stuck > 1) await provider();

    const { code, status } = await refusalOf(provider());
    const requestsBefore = api.requests.length;

    expect({ code, status }).toEqual({ code: 'access-token-timeout', status: undefined });
    expect((await provider()).token).toBe(`token-${requestsBefore + 1}`);
  });
});

describe('an onError that fails itself', () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  beforeEach(() => void process.on('unhandledRejection', note));
  afterEach(() => {
    process.off('unhandledRejection', note);
    unhandled.length = 0;
  });

  const failure = new Error('the page is broken');
  it.each([
    [
      'throws',
      () => {
        throw failure;
      },
    ],
    ['rejects', () => Promise.reject(failure)],
  ])('%s: nothing is left unhandled, and the caller gets the refusal', async (_title, onError) => {
    const { provider } = await rig([problem(403, 'banned')], { onError });

    expect((await refusalOf(provider())).code).toBe('banned');
    await turn();

    expect(unhandled).toEqual([]);
  });
});
