import { ChatRoom, type ChatTokenProvider } from 'amazon-ivs-chat-messaging';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTokenProvider } from '../../../lib/client/index.ts';
import { type MessagingServer, startMessagingServer } from './support/messaging-server.ts';
import { ROOM_ID } from './support/provider.ts';
import { problem, type ScriptedAnswer, startTokensApi, type TokensApi } from './support/tokens-api.ts';

let api: TokensApi;
let messaging: MessagingServer;
let room: ChatRoom;

// Timers and Date are fake for the SDK and the provider alike; sockets stay real and move on with setImmediate.
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(async () => {
  room.disconnect();
  vi.useRealTimers();
  await Promise.all([api.close(), messaging.close()]);
});

const silent = { debug() {}, info() {}, error() {} };

/** Connects the real client through a provider. @returns the states and reasons it reports. */
async function connect(
  script: readonly ScriptedAnswer[],
  refuse?: (token: string) => boolean,
  tokenProvider = (): ChatTokenProvider =>
    createTokenProvider({
      baseUrl: api.baseUrl,
      roomId: ROOM_ID,
      getAccessToken: () => 'access-1',
      random: () => 0,
    }),
): Promise<string[]> {
  api = await startTokensApi(...script);
  messaging = await startMessagingServer(refuse);
  room = new ChatRoom({ regionOrUrl: messaging.url, tokenProvider: tokenProvider() });
  room.logger = silent;
  const seen: string[] = [];
  room.addListener('connect', () => seen.push('connect'));
  room.addListener('disconnect', (reason) => seen.push(reason));
  room.connect();
  return seen;
}

/** Lets sockets do what they have to until the condition holds. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 20_000; turn += 1) {
    if (condition()) return;
    await new Promise(setImmediate);
  }
  throw new Error('it did not happen');
}

/** Lets sockets do what they would do by now, if anything. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 500; turn += 1) await new Promise(setImmediate);
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
}

describe('the messaging SDK with our provider', () => {
  it('keeps one connection for the session and renews it a minute before its end', async () => {
    const seen = await connect([]);
    await until(() => seen.includes('connect'));

    for (let minute = 0; minute < 58; minute += 1) await pass(60_000);
    expect(messaging.tokens).toEqual(['token-1']);

    await pass(60_000);
    await until(() => messaging.tokens.length === 2);
    expect(messaging.tokens).toEqual(['token-1', 'token-2']);
    expect(api.requests).toHaveLength(2);
    expect(seen).toEqual(['connect']);
  });

  it('would, with the raw answer of the API, reconnect every 30 seconds', async () => {
    const seen = await connect([], undefined, () => async () => {
      const response = await fetch(`${api.baseUrl}/rooms/${ROOM_ID}/tokens`, { method: 'POST' });
      return (await response.json()) as { token: string; tokenExpirationTime: string };
    });
    await until(() => seen.includes('connect'));

    for (let half = 0; half < 4; half += 1) await pass(31_000);

    expect(messaging.tokens.length).toBeGreaterThanOrEqual(4);
  });

  it('spreads its repeats of a refused connection over 1, 2 and 4 seconds, with a new token each', async () => {
    const seen = await connect([], () => true);
    for (const [attempt, waitMs] of [1000, 2000, 4000].entries()) {
      await until(() => messaging.tokens.length === attempt + 1);
      await pass(waitMs - 1);
      expect(messaging.tokens).toHaveLength(attempt + 1);
      await pass(1);
    }
    await until(() => seen.length > 0);

    expect(messaging.tokens).toEqual(['token-1', 'token-2', 'token-3', 'token-4']);
    expect(seen).toEqual(['socketError']);
  });

  it('ends on a ban after one call, at once', async () => {
    const seen = await connect([problem(403, 'banned')]);
    await until(() => seen.length > 0);

    expect(seen).toEqual(['fetchTokenError']);
    expect(api.requests).toHaveLength(1);
    expect(messaging.tokens).toEqual([]);
  });

  it('survives an API that is away for a moment', async () => {
    const seen = await connect([{ status: 503, body: '' }, { fault: 'reset' }]);
    await until(() => api.requests.length === 1);
    await pass(1000);
    await until(() => api.requests.length === 2);
    await pass(2000);
    await until(() => seen.length > 0);

    expect(seen).toEqual(['connect']);
    expect(messaging.tokens).toEqual(['token-3']);
  });

  it('comes back with a new token when its connection breaks', async () => {
    const seen = await connect([]);
    await until(() => seen.includes('connect'));
    await pass(60_000);

    messaging.breakConnections();
    await until(() => seen.length === 2);

    expect(seen).toEqual(['connect', 'connect']);
    expect(messaging.tokens).toEqual(['token-1', 'token-2']);
  });
});
