import { expect, it } from 'vitest';
import { ROOM_ARN, startWorld } from './chat-world.ts';
import { deleteMessage, disconnectUser, sendMessage } from './raw-client.ts';

const ID = 'abcDEF123456';

it('tells the whole room of a deletion, with both names of the id', async () => {
  const { connect } = await startWorld();
  const [mod, ben] = [await connect('mod'), await connect('ben')];
  const echo = await mod.ask(deleteMessage(ID, { Reason: 'spam' }));
  expect(echo).toMatchObject({
    Type: 'EVENT',
    EventName: 'aws:DELETE_MESSAGE',
    Attributes: { MessageID: ID, MessageId: ID, Reason: 'spam' },
  });
  expect(await ben.next()).toEqual(echo);
});

it('tells the whole room of a disconnection, then closes every connection of that user with 1000', async () => {
  const world = await startWorld();
  const mod = await world.connect('mod');
  const [first, second] = [await world.connect('ben'), await world.connect('ben')];
  const echo = await mod.ask(disconnectUser('ben', { Reason: 'bye' }));
  expect(echo).toMatchObject({
    EventName: 'aws:DISCONNECT_USER',
    Attributes: { Reason: 'bye', UserId: 'ben' },
  });
  expect([await first.next(), await second.next()]).toEqual([echo, echo]);
  expect(await Promise.all([first.closed, second.closed])).toEqual([1000, 1000]);
  expect(world.messaging.connections().map(({ userId }) => userId)).toEqual(['mod']);
  await world.connect('ben');
});

it('takes nothing more from a connection that was disconnected and has not noticed', async () => {
  const { connect, messaging } = await startWorld();
  const [mod, ben, cat] = [await connect('mod'), await connect('ben'), await connect('cat')];
  // A paused client does not answer the close frame; what it sends still arrives.
  ben.socket.pause();
  await mod.ask(disconnectUser('ben'));
  ben.send(deleteMessage(ID));
  ben.send(disconnectUser('cat'));
  ben.send(sendMessage('still here?'));
  ben.socket.resume();
  // The answer to the close frame comes after everything that was sent before it.
  await ben.closed;
  await mod.ask(sendMessage('after them'));
  expect(await cat.next()).toMatchObject({ EventName: 'aws:DISCONNECT_USER', Attributes: { UserId: 'ben' } });
  expect(await cat.next()).toMatchObject({ Content: 'after them' });
  expect(messaging.connections().map(({ userId }) => userId)).toEqual(['mod', 'cat']);
});

it('leaves the same user connected in other rooms', async () => {
  const world = await startWorld();
  const elsewhere = ROOM_ARN.replace(ID, 'elsewhere123');
  world.rooms.put({ ...world.room, arn: elsewhere });
  const other = await world.connect('ben', { roomArn: elsewhere });
  const mod = await world.connect('mod');
  await mod.ask(disconnectUser('ben'));
  expect(await other.ask(sendMessage('still here'))).toMatchObject({ Type: 'MESSAGE' });
});

it('answers a user who disconnects themselves, then closes', async () => {
  const { connect } = await startWorld({ knobs: { disconnectedUserSeesEvent: false } });
  const mod = await connect('mod');
  expect(await mod.ask(disconnectUser('mod'))).toMatchObject({ EventName: 'aws:DISCONNECT_USER' });
  expect(await mod.closed).toBe(1000);
});

it('can keep the event from the user who is disconnected', async () => {
  const { connect } = await startWorld({ knobs: { disconnectedUserSeesEvent: false } });
  const [mod, ben, cat] = [await connect('mod'), await connect('ben'), await connect('cat')];
  await mod.ask(disconnectUser('ben'));
  expect(await ben.closed).toBe(1000);
  expect(ben.frames).toEqual([]);
  expect(await cat.next()).toMatchObject({ EventName: 'aws:DISCONNECT_USER' });
});

it('sends events for messages and users that it does not know', async () => {
  const { connect } = await startWorld();
  const mod = await connect('mod');
  expect(await mod.ask(deleteMessage(ID))).toMatchObject({ Type: 'EVENT' });
  expect(await mod.ask(disconnectUser('nobody'))).toMatchObject({ Type: 'EVENT' });
});

it('can refuse messages and users that it does not know with 404', async () => {
  const { connect } = await startWorld({ knobs: { unknownMessage: 'not-found', absentUser: 'not-found' } });
  const mod = await connect('mod');
  expect(await mod.ask(deleteMessage(ID))).toMatchObject({ ErrorCode: 404 });
  expect(await mod.ask(disconnectUser('ben'))).toMatchObject({ ErrorCode: 404 });
  const { Id } = await mod.ask(sendMessage('x'));
  await connect('ben');
  expect(await mod.ask(deleteMessage(Id))).toMatchObject({ Type: 'EVENT' });
  expect(await mod.ask(disconnectUser('ben'))).toMatchObject({ Type: 'EVENT' });
});

it('does for the control plane what it does for moderators, without a RequestId', async () => {
  const { connect, messaging } = await startWorld();
  const [ann, ben] = [await connect('ann'), await connect('ben')];
  const deletion = messaging.deleteMessage(ROOM_ARN, { id: ID, reason: 'spam' });
  const event = messaging.sendEvent(ROOM_ARN, { eventName: 'news', attributes: { a: 'b' } });
  const bare = messaging.sendEvent(ROOM_ARN, { eventName: 'news' });
  messaging.disconnectUser(ROOM_ARN, { userId: 'ben', reason: 'bye' });
  expect(await ben.closed).toBe(1000);
  const attributes = { MessageID: ID, MessageId: ID, Reason: 'spam' };
  const both = { Type: 'EVENT', RequestId: '' };
  expect(ben.frames).toMatchObject([
    { ...both, Id: deletion, EventName: 'aws:DELETE_MESSAGE', Attributes: attributes },
    { ...both, Id: event, EventName: 'news', Attributes: { a: 'b' } },
    { ...both, Id: bare, EventName: 'news', Attributes: null },
    { ...both, EventName: 'aws:DISCONNECT_USER', Attributes: { Reason: 'bye', UserId: 'ben' } },
  ]);
  await expect.poll(() => ann.frames).toEqual(ben.frames);
});
