import { expect, it } from 'vitest';
import type { MessagingKnobs } from '../../../../infra/local/ivs-chat/messaging/knobs.ts';
import { ROOM_ARN, startWorld } from '../messaging/chat-world.ts';
import { deleteMessage, sendMessage, type WireFrame } from '../messaging/raw-client.ts';
import { type Answer, always, HANDLER_ARN, startHandler } from './handler.ts';

/** A world whose room is reviewed by `answer`. */
async function reviewedBy(answer: Answer, knobs: Partial<MessagingKnobs> = {}) {
  const handler = await startHandler(answer);
  const room = handler.room('DENY');
  // Reviews take as long as they take here; the cut-off has tests of its own.
  const world = await startWorld({
    room,
    lambdaEndpoint: handler.endpoint,
    knobs: { reviewTimeoutMs: 10_000, ...knobs },
  });
  return { ...world, handler };
}

it('invokes the handler with the documented payload', async () => {
  const { connect, handler } = await reviewedBy(always({ ReviewResult: 'ALLOW', Content: 'ok' }));
  const ann = await connect('ann', { attributes: { name: 'Ann' } });
  const echo = await ann.ask(sendMessage('hello', { Attributes: { color: 'red' } }));
  expect(handler.invocations).toEqual([
    {
      method: 'POST',
      path: `/2015-03-31/functions/${encodeURIComponent(HANDLER_ARN)}/invocations`,
      payload: {
        Content: 'hello',
        MessageId: echo.Id,
        RoomArn: ROOM_ARN,
        Attributes: { color: 'red' },
        Sender: { Attributes: { name: 'Ann' }, UserId: 'ann', Ip: '127.0.0.1' },
      },
    },
  ]);
  expect(Object.keys(handler.invocations[0]?.payload ?? {})).toEqual([
    'Content',
    'MessageId',
    'RoomArn',
    'Attributes',
    'Sender',
  ]);
});

it('says null for attributes that a message does not have', async () => {
  const { connect, handler } = await reviewedBy(always({ ReviewResult: 'ALLOW', Content: 'ok' }));
  await (await connect('ann')).ask(sendMessage('hello'));
  expect(handler.invocations[0]?.payload).toMatchObject({ Attributes: null, Sender: { Attributes: {} } });
});

it.each<[string, unknown, WireFrame]>([
  ['edited content', { Content: 'h***o' }, { Content: 'h***o', Attributes: { a: 'mine' } }],
  ['attributes of null', { Content: 'x', Attributes: null }, { Attributes: { a: 'mine' } }],
  ['new attributes', { Content: 'x', Attributes: { b: 'new' } }, { Attributes: { b: 'new' } }],
  ['no attributes left', { Content: 'x', Attributes: {} }, { Attributes: {} }],
  ['attributes of 1024 bytes', { Content: 'x', Attributes: { k: 'v'.repeat(1023) } }, { Content: 'x' }],
  ['the longest content', { Content: '😀'.repeat(500) }, { Content: '😀'.repeat(500) }],
])('delivers what an ALLOW returns: %s', async (_title, review, expected) => {
  const { connect, messaging } = await reviewedBy(always({ ReviewResult: 'ALLOW', ...(review as object) }));
  const [ann, ben] = [await connect('ann'), await connect('ben')];
  const echo = await ann.ask(sendMessage('hello', { Attributes: { a: 'mine' } }));
  expect(echo).toMatchObject({ Type: 'MESSAGE' });
  expect({ Content: echo.Content, Attributes: echo.Attributes }).toEqual({
    Content: (review as WireFrame).Content,
    Attributes: echo.Attributes,
    ...expected,
  });
  expect(await ben.next()).toEqual(echo);
  expect(messaging.reviewCounters()).toEqual({ invocationErrors: 0, responseValidationErrors: 0 });
});

it.each<[string, unknown, string]>([
  [
    'with a reason',
    { Content: '', Attributes: { Reason: 'denied for moderation' } },
    'denied for moderation',
  ],
  ['without a reason', { Content: 'x' }, 'The message was rejected during message review'],
  [
    'with an empty reason',
    { Content: 'x', Attributes: { Reason: '' } },
    'The message was rejected during message review',
  ],
  ['with content that is too long', { Content: 'x'.repeat(501), Attributes: { Reason: 'r' } }, 'r'],
])('tells the sender alone of a DENY %s: 406', async (_title, review, text) => {
  const { connect, handler, messaging } = await reviewedBy(
    always({ ReviewResult: 'DENY', ...(review as object) }),
  );
  const [ann, ben] = [await connect('ann'), await connect('ben')];
  const request = sendMessage('hello');
  expect(await ann.ask(request)).toEqual({
    Type: 'ERROR',
    Id: handler.invocations[0]?.payload.MessageId,
    RequestId: request.RequestId,
    ErrorCode: 406,
    ErrorMessage: text,
  });
  await ann.ask(deleteMessage('abcDEF123456'));
  expect(await ben.next()).toMatchObject({ Type: 'EVENT' });
  expect(messaging.reviewCounters()).toEqual({ invocationErrors: 0, responseValidationErrors: 0 });
});

it.each([
  ['is an invalid response', {}, 'fallback', 1],
  ['can be taken for a denial', { denyRequiresContent: false }, 'r', 0],
])('a DENY without content %s', async (_title, knob, text, errors) => {
  const knobs = { ...knob, errorTexts: { rejected: 'fallback' } };
  const { connect, messaging } = await reviewedBy(
    always({ ReviewResult: 'DENY', Attributes: { Reason: 'r' } }),
    knobs,
  );
  expect(await (await connect('ann')).ask(sendMessage('x'))).toMatchObject({ ErrorMessage: text });
  expect(messaging.reviewCounters().responseValidationErrors).toBe(errors);
});

it('reviews SEND_MESSAGE only, and only what passed the other checks', async () => {
  const { connect, handler } = await reviewedBy(always({ ReviewResult: 'ALLOW', Content: 'ok' }));
  const ann = await connect('ann');
  await ann.ask(deleteMessage('abcDEF123456'));
  await ann.ask(sendMessage(''));
  expect(handler.invocations).toEqual([]);
});

it('goes on serving a connection while a review is slow', async () => {
  let release = () => {};
  const { connect, handler } = await reviewedBy((response) => {
    release = () => response.end('{"ReviewResult":"ALLOW","Content":"slow"}');
  });
  const ann = await connect('ann');
  const slow = ann.ask(sendMessage('x'));
  expect(await ann.ask(deleteMessage('abcDEF123456'))).toMatchObject({ Type: 'EVENT' });
  await expect.poll(() => handler.invocations.length).toBe(1);
  release();
  expect(await slow).toMatchObject({ Content: 'slow' });
});

it.each<['as-reviewed' | 'as-sent', string[]]>([
  ['as-reviewed', ['second', 'first']],
  ['as-sent', ['first', 'second']],
])('delivers the messages of a connection %s', async (messageOrder, expected) => {
  let answerFirst = () => {};
  const { connect, handler } = await reviewedBy(
    (response, { Content }) => {
      const answer = () => response.end(JSON.stringify({ ReviewResult: 'ALLOW', Content }));
      if (Content === 'first') answerFirst = answer;
      else answer();
    },
    { messageOrder },
  );
  const ann = await connect('ann');
  const both = [ann.ask(sendMessage('first')), ann.ask(sendMessage('second'))];
  if (messageOrder === 'as-reviewed') await both[1];
  await expect.poll(() => handler.invocations.length).toBe(2);
  answerFirst();
  await Promise.all(both);
  expect(ann.frames.map(({ Content }) => Content)).toEqual(expected);
});

it('keeps its connections to the Lambda endpoint alive', async () => {
  const { connect, handler } = await reviewedBy(always({ ReviewResult: 'ALLOW', Content: 'ok' }));
  const ann = await connect('ann');
  for (let count = 0; count < 5; count += 1) await ann.ask(sendMessage('x'));
  expect(handler.connections()).toBe(1);
});
