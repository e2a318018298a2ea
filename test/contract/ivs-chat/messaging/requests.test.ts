import { expect, it } from 'vitest';
import { ROOM_ARN, startWorld } from './chat-world.ts';
import { deleteMessage, disconnectUser, sendMessage, type WireFrame } from './raw-client.ts';

const ID = 'abcDEF123456';

it('delivers a message to everybody in the room, its sender included', async () => {
  const world = await startWorld();
  const ann = await world.connect('ann', { attributes: { name: 'Ann' } });
  const ben = await world.connect('ben');
  const elsewhere = ROOM_ARN.replace(ID, 'elsewhere123');
  world.rooms.put({ ...world.room, arn: elsewhere });
  const stranger = await world.connect('cat', { roomArn: elsewhere });
  const request = sendMessage('hello', { Attributes: { color: 'red' } });
  const echo = await ann.ask(request);
  expect(echo).toEqual({
    Type: 'MESSAGE',
    Id: expect.stringMatching(/^[a-zA-Z0-9]{12}$/),
    RequestId: request.RequestId,
    Attributes: { color: 'red' },
    Content: 'hello',
    SendTime: expect.stringMatching(/^2026-01-02T03:04:05\.678\d{0,5}[1-9]Z$/),
    Sender: { UserId: 'ann', Attributes: { name: 'Ann' } },
  });
  expect(await ben.next()).toEqual(echo);
  await stranger.ask(sendMessage('only mine'));
  expect(stranger.frames).toHaveLength(1);
});

it('writes the keys of every frame in the order of the captures', async () => {
  const { connect } = await startWorld();
  const ann = await connect('ann');
  await ann.ask(sendMessage('x'));
  await ann.ask(deleteMessage(ID, { Reason: 'why' }));
  await ann.ask(disconnectUser('ben', { Reason: 'why' }));
  await ann.ask(sendMessage(''));
  expect(ann.texts.map((text) => text.replaceAll(/:"[^"]*"/g, ''))).toEqual([
    '{"Type","Id","RequestId","Attributes":null,"Content","SendTime","Sender":{"UserId","Attributes":{}}}',
    '{"Type","Id","RequestId","EventName","Attributes":{"MessageID","MessageId","Reason"},"SendTime"}',
    '{"Type","Id","RequestId","EventName","Attributes":{"Reason","UserId"},"SendTime"}',
    '{"Type","Id","RequestId","ErrorCode":400,"ErrorMessage"}',
  ]);
});

it('leaves out what a request did not say', async () => {
  const { connect } = await startWorld();
  const ann = await connect('ann');
  ann.send({ Action: 'SEND_MESSAGE', Content: 'x' });
  expect(await ann.next()).toMatchObject({ RequestId: '', Attributes: null, Sender: { Attributes: {} } });
  ann.send({ Action: 'SEND_MESSAGE', Content: 'x', RequestId: null, Attributes: null });
  expect(await ann.next()).toMatchObject({ Type: 'MESSAGE', RequestId: '', Attributes: null });
  expect((await ann.ask(deleteMessage(ID))).Attributes).toEqual({ MessageID: ID, MessageId: ID });
  expect((await ann.ask(disconnectUser('ben'))).Attributes).toEqual({ UserId: 'ben' });
});

it('gives every frame its own id and a later time', async () => {
  const { connect } = await startWorld({ room: { maximumMessageRatePerSecond: 100 } });
  const ann = await connect('ann');
  for (let count = 0; count < 10; count += 1) await ann.ask(sendMessage('x'));
  expect(new Set(ann.frames.map(({ Id }) => Id)).size).toBe(10);
  const times = ann.frames.map(({ SendTime }) => BigInt(String(SendTime).slice(20, -1).padEnd(9, '0')));
  for (const [index, time] of times.slice(1).entries()) expect(time > (times[index] ?? 0n)).toBe(true);
});

it.each<['everyone' | 'sender', boolean]>([
  ['everyone', true],
  ['sender', false],
])('shows the RequestId to %s', async (requestIdSeenBy, isSeen) => {
  const { connect } = await startWorld({ knobs: { requestIdSeenBy } });
  const [ann, ben] = [await connect('ann'), await connect('ben')];
  const request = sendMessage('x');
  await ann.ask(request);
  expect((await ben.next()).RequestId).toBe(isSeen ? request.RequestId : '');
});

it.each<[string, string, WireFrame]>([
  ['SEND_MESSAGE', 'DELETE_MESSAGE', sendMessage('x')],
  ['DELETE_MESSAGE', 'DISCONNECT_USER', deleteMessage(ID)],
  ['DISCONNECT_USER', 'SEND_MESSAGE', disconnectUser('ben')],
])('refuses %s without its capability', async (_action, other, request) => {
  const { connect } = await startWorld();
  const ann = await connect('ann', { capabilities: [other as 'SEND_MESSAGE'] });
  const ben = await connect('ben', { capabilities: [] });
  expect(await ann.ask(request)).toMatchObject({ Type: 'ERROR', ErrorCode: 403 });
  expect(await ben.ask(request)).toMatchObject({ Type: 'ERROR', ErrorCode: 403 });
  expect([...ann.frames, ...ben.frames]).toHaveLength(2);
});

it('answers 404 in a room that is gone and leaves its connections open', async () => {
  const world = await startWorld();
  const ann = await world.connect('ann');
  world.rooms.delete(ROOM_ARN);
  for (const request of [sendMessage('x'), deleteMessage(ID), disconnectUser('ann')]) {
    expect(await ann.ask(request)).toMatchObject({ Type: 'ERROR', ErrorCode: 404 });
  }
  expect(world.messaging.connections()).toHaveLength(1);
});

it('answers 500 when the stand-in itself fails, and goes on', async () => {
  const world = await startWorld();
  const ann = await world.connect('ann');
  const get = world.rooms.get;
  world.rooms.get = () => {
    throw new Error('the disk is gone');
  };
  expect(await ann.ask(sendMessage('secret'))).toMatchObject({
    ErrorCode: 500,
    ErrorMessage: 'An internal error occurred',
  });
  world.rooms.get = get;
  expect(await ann.ask(sendMessage('again'))).toMatchObject({ Type: 'MESSAGE' });
  expect(world.lines.join()).not.toContain('secret');
});

it.each<[string, string, string]>([
  ['no JSON', 'hello', ''],
  ['an array', '[]', ''],
  ['null', 'null', ''],
  ['an empty object', '{}', ''],
  ['an unknown action', '{"Action":"SHOUT","RequestId":"r"}', 'r'],
  ['an action that is a name of Object', '{"Action":"constructor","RequestId":"r"}', 'r'],
  ['a RequestId that is no string', '{"Action":"SEND_MESSAGE","RequestId":7,"Content":"x"}', ''],
  ['no Content', '{"Action":"SEND_MESSAGE","RequestId":"r"}', 'r'],
  ['Content that is no string', '{"Action":"SEND_MESSAGE","RequestId":"r","Content":["x"]}', 'r'],
  [
    'Attributes that are no map',
    '{"Action":"SEND_MESSAGE","RequestId":"r","Content":"x","Attributes":[]}',
    'r',
  ],
  [
    'Attributes of numbers',
    '{"Action":"SEND_MESSAGE","RequestId":"r","Content":"x","Attributes":{"a":1}}',
    'r',
  ],
  ['no Id', '{"Action":"DELETE_MESSAGE","RequestId":"r"}', 'r'],
  ['a Reason that is no string', `{"Action":"DELETE_MESSAGE","RequestId":"r","Id":"${ID}","Reason":1}`, 'r'],
  ['no UserId', '{"Action":"DISCONNECT_USER","RequestId":"r"}', 'r'],
  ['lower-case keys', '{"action":"SEND_MESSAGE","requestId":"r","content":"x"}', ''],
])('answers %s with 400', async (_title, text, requestId) => {
  const { connect } = await startWorld();
  const ann = await connect('ann');
  ann.send(text);
  expect(await ann.next()).toMatchObject({ Type: 'ERROR', RequestId: requestId, ErrorCode: 400 });
  expect(await ann.ask(sendMessage('still here'))).toMatchObject({ Type: 'MESSAGE' });
});

it('answers a binary frame with 400', async () => {
  const { connect } = await startWorld();
  const ann = await connect('ann');
  ann.socket.send(Buffer.from(JSON.stringify(sendMessage('x'))), { binary: true });
  expect(await ann.next()).toMatchObject({ Type: 'ERROR', RequestId: '', ErrorCode: 400 });
});

it('can read keys in any case', async () => {
  const { connect } = await startWorld({ knobs: { requestKeys: 'any-case' } });
  const ann = await connect('ann');
  ann.send('{"action":"SEND_MESSAGE","requestid":"r","CONTENT":"x"}');
  expect(await ann.next()).toMatchObject({ Type: 'MESSAGE', RequestId: 'r', Content: 'x' });
});

it('replaces the texts of errors', async () => {
  const { connect } = await startWorld({ knobs: { errorTexts: { forbidden: 'no, thank you' } } });
  const ann = await connect('ann', { capabilities: [] });
  expect(await ann.ask(sendMessage('x'))).toMatchObject({ ErrorCode: 403, ErrorMessage: 'no, thank you' });
});

it('carries attributes with the names of Object unharmed', async () => {
  const { connect } = await startWorld();
  const ann = await connect('ann');
  ann.send('{"Action":"SEND_MESSAGE","Content":"x","Attributes":{"__proto__":"p","constructor":"c"}}');
  await ann.next();
  expect(ann.texts[0]).toContain('"Attributes":{"__proto__":"p","constructor":"c"}');
});
