import { describe, expect, it } from 'vitest';
import { createReviewer, eventWith, policyWith, ROOM_ID } from './reviewer.ts';

const denied = (Content: string, Reason: string) => ({
  ReviewResult: 'DENY',
  Content,
  Attributes: { Reason },
});

describe('the answer about a message', () => {
  it.each([
    ['hello', { ReviewResult: 'ALLOW', Content: 'hello' }],
    ['you sh1t', { ReviewResult: 'ALLOW', Content: 'you ****' }],
    ['f u c k', denied('f u c k', 'blocked-term')],
    ['see https://example.com', denied('see https://example.com', 'link')],
    ['x'.repeat(501), denied('x'.repeat(501), 'too-long')],
    ['\u200b', denied('\u200b', 'empty')],
    ['', denied('', 'empty')],
  ])('is the whole of what IVS expects (case %#)', async (Content, answer) => {
    const { review } = createReviewer();
    expect(await review(eventWith({ Content }))).toEqual(answer);
  });

  it.each([[undefined], [null], [{}]])('takes %j for no attributes', async (Attributes) => {
    const { review } = createReviewer();
    expect(await review(eventWith({ Attributes }))).toEqual({ ReviewResult: 'ALLOW', Content: 'hello' });
  });

  it('leaves attributes out unless one of them was masked', async () => {
    const policy = policyWith({ messageAttributes: ['emote', 'colour'] });
    const { review } = createReviewer({ policyOf: () => policy });

    const clean = await review(eventWith({ Attributes: { emote: 'wave', colour: 'red' } }));
    const masked = await review(eventWith({ Attributes: { emote: 'shit', colour: 'red' } }));

    expect(clean).toEqual({ ReviewResult: 'ALLOW', Content: 'hello' });
    expect(masked).toEqual({
      ReviewResult: 'ALLOW',
      Content: 'hello',
      Attributes: { emote: '****', colour: 'red' },
    });
  });

  it('takes the role from the attributes that our server wrote, not from the message', async () => {
    const policy = policyWith({ exemptRoles: ['moderator'] });
    const { review } = createReviewer({ policyOf: async () => policy });
    const say = (Sender: unknown, Attributes: unknown = null) =>
      review(eventWith({ Content: 'fuck', Sender, Attributes }));

    expect(await say({ UserId: 'm', Attributes: { role: 'moderator' } })).toMatchObject({
      ReviewResult: 'ALLOW',
    });
    expect(await say({ UserId: 'v', Attributes: { role: 'viewer' } })).toMatchObject({
      ReviewResult: 'DENY',
    });
    expect(await say({ UserId: 'v', Attributes: null })).toMatchObject({ ReviewResult: 'DENY' });
    expect(await say({ UserId: 'v', Attributes: {} }, { role: 'moderator' })).toMatchObject({
      Attributes: { Reason: 'attributes' },
    });
  });

  it('follows the policy of the room that the event names', async () => {
    const asked: string[] = [];
    const open = policyWith({ links: 'allow' });
    const { review } = createReviewer({
      policyOf: (roomId) => {
        asked.push(roomId);
        return open;
      },
    });

    expect(await review(eventWith({ Content: 'example.com' }))).toMatchObject({ ReviewResult: 'ALLOW' });
    expect(asked).toEqual([ROOM_ID]);
  });
});

describe('the log line of a decision', () => {
  it('names room, decision, code, rules and latency', async () => {
    const times = [100, 101, 101.5];
    const { review, log } = createReviewer({ now: () => times.shift() ?? Number.NaN });

    await review(eventWith({ Content: 'example.com' }));

    expect(log).toEqual([
      {
        event: 'review',
        roomId: ROOM_ID,
        decision: 'DENY',
        code: 'link',
        ruleIds: ['links'],
        latencyMs: 1.5,
      },
    ]);
  });

  it('never holds text, user, address or attributes', async () => {
    const policy = policyWith({ messageAttributes: ['canary1key'] });
    const { review, log } = createReviewer({ policyOf: () => policy });
    const Sender = { UserId: 'canary2', Ip: 'canary3', Attributes: { role: 'canary4' } };

    for (const Content of [
      'canary5 hello',
      'canary5 fuck',
      'canary5 shit',
      'canary5.com',
      'canary5'.repeat(99),
    ]) {
      await review(eventWith({ Content, Sender, Attributes: { canary1key: 'canary6' } }));
      await review(eventWith({ Content, Sender, MessageId: 'canary7', RoomArn: 'canary8' }));
    }

    expect(log).toHaveLength(10);
    expect(JSON.stringify(log)).not.toMatch(/canary|fuck|shit/);
  });
});
