import { describe, expect, it } from 'vitest';
import { createReviewer, eventWith } from './reviewer.ts';

const arn = (text: string) => ({ RoomArn: text });
const sender = (Sender: unknown) => ({ Sender });

const ROWS: [string, unknown][] = [
  ['null', null],
  ['nothing', undefined],
  ['a text', 'hello'],
  ['a number', 7],
  ['a list', [eventWith()]],
  ['an empty object', {}],
  ['an HTTP request', { version: '2.0', routeKey: 'POST /x', body: '{}', headers: {} }],
  ['another region', eventWith(arn('arn:aws:ivschat:eu-west-2:123456789012:room/AbCdEfGhIjKl'))],
  ['a longer region', eventWith(arn('arn:aws:ivschat:eu-west-12:123456789012:room/AbCdEfGhIjKl'))],
  ['another account', eventWith(arn('arn:aws:ivschat:eu-west-1:123456789013:room/AbCdEfGhIjKl'))],
  ['another partition', eventWith(arn('arn:aws-cn:ivschat:eu-west-1:123456789012:room/AbCdEfGhIjKl'))],
  ['another service', eventWith(arn('arn:aws:ivs:eu-west-1:123456789012:room/AbCdEfGhIjKl'))],
  [
    'another resource',
    eventWith(arn('arn:aws:ivschat:eu-west-1:123456789012:logging-configuration/AbCdEfGhIjKl')),
  ],
  ['a short room id', eventWith(arn('arn:aws:ivschat:eu-west-1:123456789012:room/AbCdEfGhIjK'))],
  ['a long room id', eventWith(arn('arn:aws:ivschat:eu-west-1:123456789012:room/AbCdEfGhIjKlM'))],
  ['an ARN with a line end', eventWith(arn('arn:aws:ivschat:eu-west-1:123456789012:room/AbCdEfGhIjKl\n'))],
  ['an ARN behind a blank', eventWith(arn(' arn:aws:ivschat:eu-west-1:123456789012:room/AbCdEfGhIjKl'))],
  ['a bare room id', eventWith(arn('AbCdEfGhIjKl'))],
  ['an ARN in a list', eventWith({ RoomArn: ['arn:aws:ivschat:eu-west-1:123456789012:room/AbCdEfGhIjKl'] })],
  ['no ARN', eventWith({ RoomArn: undefined })],
  ['no message id', eventWith({ MessageId: undefined })],
  ['a short message id', eventWith({ MessageId: 'short' })],
  ['a message id with a slash', eventWith({ MessageId: 'MnOpQrStUv/x' })],
  ['a message id that is a number', eventWith({ MessageId: 123456789012 })],
  ['no content', eventWith({ Content: undefined })],
  ['content null', eventWith({ Content: null })],
  ['content in a list', eventWith({ Content: ['hello'] })],
  ['attributes in a list', eventWith({ Attributes: ['a'] })],
  ['attributes as text', eventWith({ Attributes: 'a' })],
  ['an attribute that is a number', eventWith({ Attributes: { emote: 1 } })],
  ['an attribute that is null', eventWith({ Attributes: { emote: null } })],
  ['no sender', eventWith(sender(undefined))],
  ['a sender in a list', eventWith(sender([]))],
  ['no user id', eventWith(sender({ Attributes: null }))],
  ['an empty user id', eventWith(sender({ UserId: '', Attributes: null }))],
  ['a long user id', eventWith(sender({ UserId: 'u'.repeat(129), Attributes: null }))],
  ['a user id that is a number', eventWith(sender({ UserId: 1, Attributes: null }))],
  ['a role that is a list', eventWith(sender({ UserId: 'u', Attributes: { role: ['moderator'] } }))],
  ['members that are inherited', Object.create(eventWith())],
  ['an own __proto__', JSON.parse(`{"__proto__": ${JSON.stringify(eventWith())}}`)],
];

describe('an event that is not a review request of a room of ours', () => {
  it.each(ROWS)('%s: is denied as invalid, without side effects', async (_, event) => {
    const asked: string[] = [];
    const { review, log, timers } = createReviewer({
      onFailure: 'allow',
      policyOf: (roomId) => {
        asked.push(roomId);
        throw new Error('must not be asked');
      },
    });

    const answer = await review(event);

    const content = (event as { Content?: unknown } | null | undefined)?.Content;
    const isOwn = typeof event === 'object' && event !== null && Object.hasOwn(event, 'Content');
    expect(answer).toEqual({
      ReviewResult: 'DENY',
      Content: isOwn && typeof content === 'string' ? content : '',
      Attributes: { Reason: 'invalid' },
    });
    expect([asked, timers.size]).toEqual([[], 0]);
    expect(log).toMatchObject([{ roomId: null, decision: 'DENY', code: 'invalid', ruleIds: [] }]);
  });
});

describe('a request with members that we do not know', () => {
  it('is reviewed', async () => {
    const { review } = createReviewer();
    const event = eventWith({ RequestId: 'r', Future: { x: 1 }, Sender: { UserId: 'u', Device: 'tv' } });
    expect(await review(event)).toEqual({ ReviewResult: 'ALLOW', Content: 'hello' });
  });
});
