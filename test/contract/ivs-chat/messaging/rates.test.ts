import { expect, it } from 'vitest';
import { ROOM_ARN, startWorld } from './chat-world.ts';
import { deleteMessage, disconnectUser, type RawClient, sendMessage, type WireFrame } from './raw-client.ts';

const ID = 'abcDEF123456';
const refused = { Type: 'ERROR', ErrorCode: 429, ErrorMessage: 'rate limit exceeded' };

it('lets a connection make 10 requests a second, of any kind', async () => {
  const { connect, clock } = await startWorld();
  const ann = await connect('ann');
  await passes(ann, 5, () => sendMessage('x'));
  await passes(ann, 5, () => deleteMessage(ID));
  expect(await ann.ask(disconnectUser('ben'))).toMatchObject(refused);
  clock.advance(999);
  expect(await ann.ask(sendMessage('x'))).toMatchObject(refused);
  clock.advance(1);
  await passes(ann, 10, () => sendMessage('x'));
  expect(await ann.ask(sendMessage('x'))).toMatchObject(refused);
});

it('does not count malformed requests', async () => {
  const { connect } = await startWorld();
  const ann = await connect('ann');
  for (let count = 0; count < 11; count += 1) {
    expect(await ann.ask({ Action: 'SHOUT', RequestId: `malformed-${count}` })).toMatchObject({
      ErrorCode: 400,
    });
  }
  await passes(ann, 10, () => sendMessage('x'));
});

it('limits messages to a room over all its connections, at the rate that it has now', async () => {
  const world = await startWorld({ room: { maximumMessageRatePerSecond: 3 } });
  const [ann, ben] = [await world.connect('ann'), await world.connect('ben')];
  await passes(ann, 2, () => sendMessage('x'));
  await passes(ben, 1, () => sendMessage('x'));
  expect(await ben.ask(sendMessage('x'))).toMatchObject(refused);
  await passes(ben, 1, () => deleteMessage(ID));
  world.rooms.put({ ...world.room, maximumMessageRatePerSecond: 4 });
  await passes(ben, 1, () => sendMessage('x'));
  expect(await ann.ask(sendMessage('x'))).toMatchObject(refused);
});

it.each<[string, WireFrame, () => WireFrame]>([
  ['SEND_MESSAGE', { sendMessagesPerSecond: 3 }, () => sendMessage('x')],
  ['DELETE_MESSAGE', { deleteMessagesPerSecond: 3 }, () => deleteMessage(ID)],
  ['DISCONNECT_USER', { disconnectUsersPerSecond: 3 }, () => disconnectUser('nobody')],
])('limits %s over all rooms', async (_action, knobs, request) => {
  const world = await startWorld({ knobs });
  const elsewhere = ROOM_ARN.replace(ID, 'elsewhere123');
  world.rooms.put({ ...world.room, arn: elsewhere });
  const [ann, ben] = [await world.connect('ann'), await world.connect('ben', { roomArn: elsewhere })];
  await passes(ann, 2, request);
  await passes(ben, 1, request);
  expect(await ann.ask(request())).toMatchObject(refused);
});

it('shares the quotas of deletions and disconnections with HTTP', async () => {
  const knobs = { deleteMessagesPerSecond: 2, disconnectUsersPerSecond: 1 };
  const { messaging, connect } = await startWorld({ knobs });
  const ann = await connect('ann');
  messaging.deleteMessage(ROOM_ARN, { id: ID });
  expect(messaging.accountHasRoom('DELETE_MESSAGE')).toBe(true);
  await passes(ann, 1, () => deleteMessage(ID));
  expect(messaging.accountHasRoom('DELETE_MESSAGE')).toBe(false);
  expect(await ann.ask(deleteMessage(ID))).toMatchObject(refused);
  messaging.disconnectUser(ROOM_ARN, { userId: 'nobody' });
  expect(await ann.ask(disconnectUser('nobody'))).toMatchObject(refused);
});

it('can refill a bucket evenly instead', async () => {
  const { connect, clock } = await startWorld({ knobs: { throttle: 'token-bucket' } });
  const ann = await connect('ann');
  await passes(ann, 10, () => deleteMessage(ID));
  clock.advance(99);
  expect(await ann.ask(deleteMessage(ID))).toMatchObject(refused);
  clock.advance(1);
  await passes(ann, 1, () => deleteMessage(ID));
  expect(await ann.ask(deleteMessage(ID))).toMatchObject(refused);
  clock.advance(60_000);
  await passes(ann, 10, () => deleteMessage(ID));
  expect(await ann.ask(deleteMessage(ID))).toMatchObject(refused);
});

it.each<[string, WireFrame, number]>([
  ['fields before rate', {}, 400],
  ['rate before fields', { checkOrder: ['session', 'capability', 'room', 'rate', 'fields'] }, 429],
])('judges %s', async (_title, knobs, expected) => {
  const { connect } = await startWorld({ knobs });
  const ann = await connect('ann');
  await passes(ann, 10, () => sendMessage('x'));
  expect(await ann.ask(sendMessage(''))).toMatchObject({ ErrorCode: expected });
});

async function passes(client: RawClient, times: number, request: () => WireFrame): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    expect(await client.ask(request())).toMatchObject({ SendTime: expect.any(String) });
  }
}
