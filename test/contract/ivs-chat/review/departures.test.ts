import { expect, it } from 'vitest';
import type { MessagingKnobs } from '../../../../infra/local/ivs-chat/messaging/knobs.ts';
import { ROOM_ARN, startWorld } from '../messaging/chat-world.ts';
import { deleteMessage, disconnectUser, sendMessage } from '../messaging/raw-client.ts';
import { startHandler } from './handler.ts';

type Departure = 'leaves' | 'drops' | 'is disconnected';

/** A world in which a message of `ann` is in review until `answer` is called; `mod` looks on. */
async function withMessageInReview(knobs: Partial<MessagingKnobs> = {}) {
  let answer = () => {};
  const handler = await startHandler((response, { Content }) => {
    const allow = () => response.end(JSON.stringify({ ReviewResult: 'ALLOW', Content }));
    if (Content === 'in review') answer = allow;
    else allow();
  });
  const room = handler.room('ALLOW');
  const world = await startWorld({
    room,
    lambdaEndpoint: handler.endpoint,
    knobs: { reviewTimeoutMs: 60_000, ...knobs },
  });
  const [ann, mod] = [await world.connect('ann'), await world.connect('mod')];
  const pending = ann.ask(sendMessage('in review'));
  await expect.poll(() => handler.invocations.length).toBe(1);
  return { ...world, ann, mod, pending, answer: () => answer() };
}

it.each<[Departure, MessagingKnobs['deliverAfterSenderLeft'], boolean]>([
  ['leaves', 'client-closed', true],
  ['drops', 'client-closed', true],
  ['is disconnected', 'client-closed', false],
  ['leaves', 'always', true],
  ['is disconnected', 'always', true],
  ['leaves', 'never', false],
  ['is disconnected', 'never', false],
])(
  'when the sender %s during review and the knob is %s, the message is delivered: %s',
  async (departure, deliverAfterSenderLeft, isDelivered) => {
    const { ann, mod, answer, messaging } = await withMessageInReview({ deliverAfterSenderLeft });
    if (departure === 'leaves') ann.socket.close();
    if (departure === 'drops') ann.socket.terminate();
    if (departure === 'is disconnected') await mod.ask(disconnectUser('ann'));
    await ann.closed;
    await expect.poll(() => messaging.connections().length).toBe(1);
    answer();
    // Reviewed after it, so whatever becomes of the first message has happened by then.
    await mod.ask(sendMessage('later'));
    expect(mod.frames.some(({ Content }) => Content === 'in review')).toBe(isDelivered);
  },
);

it('answers a message in review when its sender is disconnected, and closes with 1000', async () => {
  const { ann, mod, pending } = await withMessageInReview();
  await mod.ask(disconnectUser('ann'));
  expect(await pending).toMatchObject({ Type: 'ERROR', ErrorCode: 403 });
  expect(await ann.closed).toBe(1000);
});

it('answers a message in review with 404 when the room is deleted meanwhile', async () => {
  const { rooms, mod, pending, answer } = await withMessageInReview();
  rooms.delete(ROOM_ARN);
  answer();
  expect(await pending).toMatchObject({ Type: 'ERROR', ErrorCode: 404 });
  expect(await mod.ask(deleteMessage('abcDEF123456'))).toMatchObject({ ErrorCode: 404 });
  expect(mod.frames).toHaveLength(1);
});

it('answers a message in review with 500 when the stand-in ends, and closes with 1001', async () => {
  const { ann, messaging, pending } = await withMessageInReview();
  const [answer, code] = await Promise.all([pending, ann.closed, messaging.close()]);
  expect(answer).toMatchObject({ Type: 'ERROR', ErrorCode: 500 });
  expect(code).toBe(1001);
});
