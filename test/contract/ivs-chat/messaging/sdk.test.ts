import {
  type ChatRoom,
  DeleteMessageRequest,
  DisconnectUserRequest,
  SendMessageRequest,
} from 'amazon-ivs-chat-messaging';
import { expect, it } from 'vitest';
import { always, startHandler } from '../review/handler.ts';
import { openSdk, startWorld } from './chat-world.ts';

it('sends messages that the sender and the room receive', async () => {
  const { sdk } = await startWorld();
  const [ann, ben] = [await sdk('ann', { attributes: { name: 'Ann' } }), await sdk('ben')];
  const seen = once(ben, 'message');
  const sent = await ann.sendMessage(new SendMessageRequest('hello', { color: 'red' }));
  expect(sent).toMatchObject({ content: 'hello', attributes: { color: 'red' } });
  expect(sent.sender).toEqual({ userId: 'ann', attributes: { name: 'Ann' } });
  expect(await seen).toMatchObject({ id: sent.id, content: 'hello', sendTime: sent.sendTime });
});

it('rejects with the reason of a review', async () => {
  const handler = await startHandler(
    always({ ReviewResult: 'DENY', Content: '', Attributes: { Reason: 'links' } }),
  );
  const room = handler.room('ALLOW');
  const knobs = { reviewTimeoutMs: 10_000 };
  const { sdk } = await startWorld({ room, lambdaEndpoint: handler.endpoint, knobs });
  const ann = await sdk('ann');
  const refusal = { errorCode: 406, errorMessage: 'links' };
  await expect(ann.sendMessage(new SendMessageRequest('x'))).rejects.toMatchObject(refusal);
});

it('reports deletions to the moderator and to the room', async () => {
  const { sdk } = await startWorld();
  const [mod, ben] = [await sdk('mod'), await sdk('ben')];
  const { id } = await ben.sendMessage(new SendMessageRequest('spam'));
  const seen = once(ben, 'messageDelete');
  const deletion = await mod.deleteMessage(new DeleteMessageRequest(id, 'spam'));
  expect(deletion).toMatchObject({ messageId: id, reason: 'spam' });
  expect(await seen).toMatchObject({ messageId: id, reason: 'spam' });
});

it('reports a disconnected user to the room, and serverDisconnect to the user', async () => {
  const { sdk } = await startWorld();
  const [mod, ben, cat] = [await sdk('mod'), await sdk('ben'), await sdk('cat')];
  const [reason, seen] = [once(ben, 'disconnect'), once(cat, 'userDisconnect')];
  await mod.disconnectUser(new DisconnectUserRequest('ben', 'bye'));
  expect(await reason).toBe('serverDisconnect');
  expect(await seen).toMatchObject({ userId: 'ben', reason: 'bye' });
  expect(ben.state).toBe('disconnected');
});

it('rejects what the capabilities do not permit', async () => {
  const { sdk } = await startWorld();
  const viewer = await sdk('viewer', { capabilities: [] });
  const refused = { errorCode: 403 };
  await expect(viewer.sendMessage(new SendMessageRequest('x'))).rejects.toMatchObject(refused);
  await expect(viewer.deleteMessage(new DeleteMessageRequest('abcDEF123456'))).rejects.toMatchObject(refused);
  await expect(viewer.disconnectUser(new DisconnectUserRequest('ann'))).rejects.toMatchObject(refused);
});

it('reconnects with a new token when the session ends', async () => {
  const { sdk, clock, messaging } = await startWorld();
  const ann = await sdk('ann', { sessionDurationInMinutes: 1 });
  const [first] = messaging.connections();
  const again = once(ann, 'connect');
  clock.advance(60_000);
  await again;
  const [second] = messaging.connections();
  expect(messaging.connections()).toHaveLength(1);
  expect(second?.id).not.toBe(first?.id);
  await ann.sendMessage(new SendMessageRequest('still here'));
});

it('reports socketError when its token was used before', async () => {
  const { mint, messaging } = await startWorld();
  const { token } = mint('ann');
  const ann = await openSdk(messaging.messagingUrl, () => token);
  const left = once(ann, 'disconnect');
  ann.disconnect();
  expect(await left).toBe('clientDisconnect');
  const refused = once(ann, 'disconnect');
  ann.connect();
  expect(await refused).toBe('socketError');
});

/** The next event of a kind. */
function once(room: ChatRoom, event: Parameters<ChatRoom['addListener']>[0]): Promise<unknown> {
  return new Promise((resolve) => {
    const remove = room.addListener(event, (payload?: unknown) => {
      remove();
      resolve(payload);
    });
  });
}
