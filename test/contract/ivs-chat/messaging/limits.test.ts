import { expect, it } from 'vitest';
import { startWorld } from './chat-world.ts';
import { deleteMessage, disconnectUser, sendMessage, type WireFrame } from './raw-client.ts';

const ID = 'abcDEF123456';
const tooLong = { ErrorCode: 400, ErrorMessage: 'Message exceeds maximum length' };
const malformed = { ErrorCode: 400 };
const tooLarge = { ErrorCode: 413 };
const fine = { RequestId: expect.any(String), Id: expect.any(String), SendTime: expect.any(String) };

it.each<[string, WireFrame, WireFrame]>([
  ['1 character', sendMessage('x'), fine],
  ['no character', sendMessage(''), malformed],
  ['20 characters', sendMessage('x'.repeat(20)), fine],
  ['21 characters', sendMessage('x'.repeat(21)), tooLong],
  ['20 emoji, which are 40 UTF-16 units', sendMessage('😀'.repeat(20)), fine],
  ['21 emoji', sendMessage('😀'.repeat(21)), tooLong],
  ['20 code points of joined emoji', sendMessage(`${'👩‍💻'.repeat(6)}xx`), fine],
  ['21 code points of joined emoji', sendMessage('👩‍💻'.repeat(7)), tooLong],
  ['20 lone surrogates', sendMessage('\ud83d'.repeat(20)), fine],
  ['21 lone surrogates', sendMessage('\ud83d'.repeat(21)), tooLong],
  ['20 letters of three bytes', sendMessage('字'.repeat(20)), fine],
])('counts a message of %s in code points', async (_title, request, expected) => {
  const { connect } = await startWorld({ room: { maximumMessageLength: 20 } });
  const ann = await connect('ann');
  expect(await ann.ask(request)).toMatchObject(expected);
});

it.each<[string, WireFrame, WireFrame]>([
  ['an id of 11 characters', deleteMessage(ID.slice(1)), malformed],
  ['an id of 13 characters', deleteMessage(`${ID}x`), malformed],
  ['an id with a dash', deleteMessage('abc-EF123456'), malformed],
  ['an id before a line break', deleteMessage(`${ID}\n`), malformed],
  ['an empty reason', deleteMessage(ID, { Reason: '' }), malformed],
  ['a reason of 256', deleteMessage(ID, { Reason: '😀'.repeat(256) }), fine],
  ['a reason of 257', deleteMessage(ID, { Reason: '😀'.repeat(257) }), malformed],
  ['an empty user id', disconnectUser(''), malformed],
  ['a user id of 128', disconnectUser('😀'.repeat(128)), fine],
  ['a user id of 129', disconnectUser('😀'.repeat(129)), malformed],
  ['a reason of 256 to disconnect', disconnectUser('ben', { Reason: 'x'.repeat(256) }), fine],
  ['a reason of 257 to disconnect', disconnectUser('ben', { Reason: 'x'.repeat(257) }), malformed],
])('judges %s', async (_title, request, expected) => {
  const { connect } = await startWorld();
  const ann = await connect('ann');
  expect(await ann.ask(request)).toMatchObject(expected);
});

it.each<[string, number | undefined, 'keys-and-values' | 'json', string, WireFrame]>([
  ['1024 bytes', undefined, 'keys-and-values', 'x'.repeat(1023), fine],
  ['1025 bytes', undefined, 'keys-and-values', 'x'.repeat(1024), tooLarge],
  ['1024 bytes in three-byte letters', undefined, 'keys-and-values', '字'.repeat(341), fine],
  ['1027 bytes in three-byte letters', undefined, 'keys-and-values', '字'.repeat(342), tooLarge],
  ['as many bytes as the knob says', 10, 'keys-and-values', 'x'.repeat(9), fine],
  ['more bytes than the knob says', 10, 'keys-and-values', 'x'.repeat(10), tooLarge],
  ['10 bytes of JSON', 10, 'json', 'xx', fine],
  ['11 bytes of JSON', 10, 'json', 'xxx', tooLarge],
])('judges attributes of %s', async (_title, maximum, attributesCountedAs, value, expected) => {
  const knobs = { attributesCountedAs, ...(maximum && { maximumAttributesBytes: maximum }) };
  const { connect } = await startWorld({ knobs });
  const ann = await connect('ann');
  expect(await ann.ask(sendMessage('x', { Attributes: { k: value } }))).toMatchObject(expected);
});

it('reads frames up to the knob and closes the connection with 1009 beyond', async () => {
  const { connect } = await startWorld({ knobs: { maximumFrameBytes: 200 } });
  const ann = await connect('ann');
  const empty = JSON.stringify({ Action: 'SEND_MESSAGE', Content: '' });
  ann.send(JSON.stringify({ Action: 'SEND_MESSAGE', Content: 'x'.repeat(200 - empty.length) }));
  expect(await ann.next()).toMatchObject({ Type: 'MESSAGE' });
  ann.send(JSON.stringify({ Action: 'SEND_MESSAGE', Content: 'x'.repeat(201 - empty.length) }));
  expect(await ann.closed).toBe(1009);
});

it('answers what is far too long, while it reads it', async () => {
  const { connect } = await startWorld();
  const ann = await connect('ann');
  expect(await ann.ask(sendMessage('x'.repeat(1_000_000)))).toMatchObject(tooLong);
});
