import { ChatRoom } from 'amazon-ivs-chat-messaging';
import { expect, it, onTestFinished } from 'vitest';
import { signIn, useStack } from '../support/stack.ts';
import { httpAnswer, httpEvent } from './support/events.ts';
import { startFunction } from './support/start-function.ts';

const VEND = 'POST /rooms/{roomId}/tokens';
const current = useStack();

/** Starts a packaged function with the running stack's user pool, room and IVS Chat. */
function startBesideStack(name: string) {
  const { description, roomId } = current();
  const { userPoolId, clientId, ivsChatEndpoint, cognitoEndpoint } = description;
  return startFunction(name, {
    ids: { userPoolId, userPoolClientId: clientId, roomId },
    environment: { AWS_ENDPOINT_URL_IVSCHAT: ivsChatEndpoint },
    jwksOrigin: cognitoEndpoint,
    readsOnlyItsZip: true,
  });
}

async function vend(tokens: Awaited<ReturnType<typeof startFunction>>, username: string) {
  const { accessToken: token } = await signIn(current(), username);
  const { roomId } = current();
  const event = httpEvent(VEND, { pathParameters: { roomId }, token, body: { displayName: 'Somebody' } });
  return httpAnswer(await tokens.invoke(event));
}

/** Opens a connection with one token; a second is not vended. */
async function enter(token: string) {
  const room = new ChatRoom({
    regionOrUrl: current().description.messagingUrl,
    tokenProvider: async () => ({ token }),
  });
  onTestFinished(() => room.disconnect());
  const events: string[] = [];
  const disconnects: string[] = [];
  room.addListener('event', ({ eventName }) => events.push(eventName));
  room.addListener('disconnect', (reason) => disconnects.push(reason));
  const connected = new Promise<void>((resolve) => room.addListener('connect', () => resolve()));
  room.connect();
  await connected;
  return { events, disconnects };
}

it('the packaged tokens function vends a token that opens the room', async () => {
  const tokens = await startBesideStack('tokens');

  const { status, body } = await vend(tokens, 'vi');
  expect({ status, capabilities: body.capabilities }).toEqual({
    status: 201,
    capabilities: ['SEND_MESSAGE'],
  });
  const { disconnects } = await enter(String(body.token));
  expect(disconnects).toEqual([]);
});

it('the packaged tokens function refuses an access token with another signature', async () => {
  const tokens = await startBesideStack('tokens');
  const { accessToken } = await signIn(current(), 'vi');
  const [head, claims] = accessToken.split('.');
  const { roomId } = current();
  const forged = `${head}.${claims}.${Buffer.alloc(256, 1).toString('base64url')}`;

  const event = httpEvent(VEND, { pathParameters: { roomId }, token: forged, body: {} });
  expect(httpAnswer(await tokens.invoke(event))).toMatchObject({
    status: 401,
    contentType: 'application/problem+json',
    body: { code: 'invalid-token' },
  });
});

it('the packaged tokens function keeps the user pool’s keys from one event to the next', async () => {
  const tokens = await startBesideStack('tokens');
  expect(await vend(tokens, 'vi')).toMatchObject({ status: 201 });

  const { faults } = current().stack;
  const fault = faults.add({ target: 'cognito', match: 'jwks.json', fault: { mode: 'status', status: 500 } });
  onTestFinished(() => void faults.remove(fault));

  expect(await vend(tokens, 'mo')).toMatchObject({ status: 201 });
  const newlyStarted = await startBesideStack('tokens');
  expect(await vend(newlyStarted, 'mo')).toMatchObject({ status: 503 });
});

it('the packaged moderation function sends an event and disconnects a user', async () => {
  const [tokens, moderation] = [await startBesideStack('tokens'), await startBesideStack('moderation')];
  const { body } = await vend(tokens, 'vi');
  const viewer = await enter(String(body.token));
  const { accessToken: token } = await signIn(current(), 'mo');
  const { roomId } = current();
  const userId = String(body.userId);

  const send = httpEvent('POST /rooms/{roomId}/events', {
    pathParameters: { roomId },
    token,
    body: { eventName: 'poll' },
  });
  expect(httpAnswer(await moderation.invoke(send))).toMatchObject({
    status: 200,
    body: { eventId: expect.any(String) },
  });
  await expect.poll(() => viewer.events, { timeout: 5_000 }).toEqual(['poll']);

  const disconnect = httpEvent('POST /rooms/{roomId}/users/{userId}/disconnect', {
    pathParameters: { roomId, userId },
    token,
  });
  expect(httpAnswer(await moderation.invoke(disconnect))).toMatchObject({
    status: 200,
    body: { userId, disconnect: 'done' },
  });
  await expect.poll(() => viewer.disconnects, { timeout: 5_000 }).toEqual(['serverDisconnect']);
});
