import { afterEach } from 'vitest';
import {
  createTokenProvider,
  TokenError,
  type TokenProvider,
  type TokenProviderOptions,
} from '../../../../lib/client/index.ts';
import { type ScriptedAnswer, startTokensApi, type TokensApi } from './tokens-api.ts';

export const ROOM_ID = 'AbCdEfGh1234';

/** A provider against a scripted API, on a clock that only its own waits and the test move. */
export interface Rig {
  readonly provider: TokenProvider;
  readonly api: TokensApi;
  /** Milliseconds of every wait, in order. */
  readonly waits: number[];
  /** Codes that `onError` was told. */
  readonly errors: string[];
  readonly time: { now: number };
}

export const START = Date.parse('2026-05-01T12:00:00Z');

/** Sets providers up and closes their servers after each test. */
export function useRigs(): (
  script: readonly ScriptedAnswer[],
  options?: Partial<TokenProviderOptions>,
) => Promise<Rig> {
  const apis: TokensApi[] = [];
  afterEach(async () => {
    for (const api of apis.splice(0)) await api.close();
  });
  return async (script, options = {}) => {
    const api = await startTokensApi(...script);
    apis.push(api);
    const waits: number[] = [];
    const errors: string[] = [];
    const time = { now: START };
    const provider = createTokenProvider({
      baseUrl: api.baseUrl,
      roomId: ROOM_ID,
      getAccessToken: () => 'access-1',
      now: () => time.now,
      random: () => 0,
      sleep: async (ms) => {
        waits.push(ms);
        time.now += ms;
      },
      onError: ({ code }) => errors.push(code),
      ...options,
    });
    return { provider, api, waits, errors, time };
  };
}

/** @returns the error that the call ends with. @throws Error when it gives a token. */
export async function refusalOf(call: Promise<unknown>): Promise<TokenError> {
  const outcome = await call.catch((error: unknown) => error);
  if (outcome instanceof TokenError) return outcome;
  throw new Error('the call was to be refused with a TokenError');
}
