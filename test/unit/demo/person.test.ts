import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPerson, type Person } from '../../../infra/demo/person.ts';
import type { SeededUser, StackDescription } from '../../../infra/local/stack-description.ts';
import { type MessagingServer, startMessagingServer } from '../client/support/messaging-server.ts';
import { ROOM_ID } from '../client/support/provider.ts';
import {
  problem,
  type ScriptedAnswer,
  startTokensApi,
  type TokensApi,
} from '../client/support/tokens-api.ts';

let api: TokensApi;
let messaging: MessagingServer;
let person: Person;

// As in chat-room.test.ts: sockets stay real and move on with setImmediate.
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(async () => {
  person.room.disconnect();
  vi.useRealTimers();
  await Promise.all([api.close(), messaging.close()]);
});

const mia: SeededUser = { username: 'mia', password: 'unused', role: 'viewer', userId: 'u-1' };

/** @returns how an attempt to enter the room ends; it has not ended yet. */
async function enter(...script: readonly ScriptedAnswer[]): Promise<Promise<string>[]> {
  api = await startTokensApi(...script);
  messaging = await startMessagingServer();
  const stack: StackDescription = {
    apiUrl: api.baseUrl,
    messagingUrl: messaging.url,
    region: 'eu-west-1',
    consoleUrl: null,
    connectEndpoint: null,
    ivsChatEndpoint: '',
    cognitoEndpoint: '',
    userPoolId: '',
    clientId: '',
    dynamodbEndpoint: '',
    tableName: '',
    lambdaEndpoint: '',
    controlUrl: '',
    credentials: { accessKeyId: '', secretAccessKey: '' },
    rooms: [],
    users: [mia],
  };
  person = createPerson(stack, mia, 'access-1', ROOM_ID);
  return [person.connect().then(String, ({ message }: Error) => message)];
}

const RETRY_AFTER_SECONDS = 60;

it('names the refusal when the room is not entered in time because the API asks to wait', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const [ending] = await enter(
    problem(503, 'upstream-throttled', { retryAfterSeconds: RETRY_AFTER_SECONDS }),
  );
  // The provider waits only once it has heard the refusal.
  while (!timers.mock.calls.some(([, ms = 0]) => ms >= RETRY_AFTER_SECONDS * 1000)) await turn();

  vi.advanceTimersByTime(10_000);

  expect(await ending).toBe('Mia could not enter the room: upstream-throttled.');
});

it('says so when nothing answers', async () => {
  const [ending] = await enter({ fault: 'hang' });
  while (api.requests.length === 0) await turn();

  vi.advanceTimersByTime(10_000);

  expect(await ending).toBe('Mia could not enter the room: no answer (waited 10 seconds).');
});

it('names the refusal that the SDK gives up on', async () => {
  const [ending] = await enter(problem(403, 'banned'));

  expect(await ending).toBe('Mia could not enter the room: banned.');
});
