import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_ATTRIBUTES_MAX_BYTES } from '../../../lib/chat/index.ts';
import { sendEvent } from '../../../lib/operations/index.ts';
import { startStandIn } from '../../contract/ivs-chat/control-plane/stand-in.ts';
import { createChat, createClient } from '../chat/support/chat-calls.ts';
import { type IvsServer, startIvsServer } from '../chat/support/ivs-server.ts';

const MODERATOR = { userId: 'user-1', role: 'moderator' } as const;

let server: IvsServer;
let send: ReturnType<typeof sendEvent>;
let rooms = 0;
const newRoom = () => `Room${String(rooms++).padStart(8, '0')}`;
const signal = () => AbortSignal.timeout(8000);

beforeAll(async () => {
  server = await startIvsServer();
  send = sendEvent({ chat: createChat(createClient(server.origin)), newId: randomUUID });
});
afterAll(async () => server.close());

describe('an event', () => {
  it.each([
    'aws:x',
    'aws:',
    'aws:DELETE_MESSAGE',
    'AWS:DELETE_MESSAGE',
    'Aws:x',
    'roomkeeper:renew',
    'RoomKeeper:renew',
    'ａｗｓ：x',
    'aws：x',
    'aws﹕x',
    'awſ:x',
    'roomKeeper:x',
    ' aws:x',
    '\taws:x',
    '\u3000aws:x',
    'aws :x',
    'a w s : x',
    '\u200baws:x',
    'aw\u200ds:x',
    '\ufeffaws:x',
    '\u2060roomkeeper\u2060:x',
    'ro\u00adomkeeper:x',
    'a\u0000ws:x',
    '\u202eaws:x',
    'aws\ufe0f:x',
    '\u3164aws:x',
  ])('may not be called %j: the name is reserved', async (eventName) => {
    const roomId = newRoom();

    await expect(send(MODERATOR, { roomId, eventName }, signal())).rejects.toMatchObject({
      code: 'reserved-event-name',
      statusCode: 400,
    });
    expect(server.received(roomId)).toEqual([]);
  });

  it.each([
    'aws',
    'awsome:x',
    'laws:x',
    'my-aws:x',
    'roomkeepers:x',
    'poll',
    'x:aws:y',
    ' poll ',
    'ｐoll',
    '🗳',
  ])('may be called %j, and is sent as it was written', async (eventName) => {
    const roomId = newRoom();

    expect(await send(MODERATOR, { roomId, eventName, attributes: { a: '1' } }, signal())).toEqual({
      eventId: 'event-sent',
    });
    expect(server.received(roomId)[0]?.body).toMatchObject({ eventName, attributes: { a: '1' } });
  });

  it('has an occurrence that no other event has, and that nobody chooses', async () => {
    const roomId = newRoom();
    await send(MODERATOR, { roomId, eventName: 'poll' }, signal());
    await send(
      MODERATOR,
      { roomId, eventName: 'poll', attributes: { 'roomkeeper:occurrence': 'mine' } },
      signal(),
    );

    const occurrences = server
      .received(roomId)
      .map(
        ({ body }) => (body as { attributes: Record<string, string> }).attributes['roomkeeper:occurrence'],
      );
    expect(occurrences).toEqual([expect.stringMatching(/^[\w-]{36}$/), expect.stringMatching(/^[\w-]{36}$/)]);
    expect(occurrences[0]).not.toBe(occurrences[1]);
  });

  const emptyBytes = Buffer.byteLength('{"a":""}');
  it.each([
    ['letters', 'x'.repeat(EVENT_ATTRIBUTES_MAX_BYTES - emptyBytes)],
    ['emoji', '🦊'.repeat((EVENT_ATTRIBUTES_MAX_BYTES - emptyBytes) / 4)],
    ['what JSON escapes', '"'.repeat((EVENT_ATTRIBUTES_MAX_BYTES - emptyBytes) / 2)],
  ])('may carry 4000 bytes of JSON and not one more (%s)', async (_what, a) => {
    const [fits, tooLarge] = [newRoom(), newRoom()];

    await send(MODERATOR, { roomId: fits, eventName: 'poll', attributes: { a } }, signal());
    const refused = send(
      MODERATOR,
      { roomId: tooLarge, eventName: 'poll', attributes: { a: `${a}x` } },
      signal(),
    );

    await expect(refused).rejects.toMatchObject({
      code: 'invalid-body',
      errors: [{ pointer: '/attributes', detail: expect.stringContaining('4000') }],
    });
    expect(server.received(fits)).toHaveLength(1);
    expect(server.received(tooLarge)).toEqual([]);
  });

  it.each(['keys-and-values', 'json'] as const)(
    'of the largest size passes SendEvent where attributes are counted as %s',
    async (attributesCountedAs) => {
      const standIn = await startStandIn({ knobs: { attributesCountedAs } });
      const { id: roomId = '' } = await standIn.client.createRoom({});
      const sendThere = sendEvent({
        chat: createChat(createClient(standIn.chat.endpoint)),
        newId: randomUUID,
      });
      const a = 'x'.repeat(EVENT_ATTRIBUTES_MAX_BYTES - emptyBytes);

      const answer = await sendThere(MODERATOR, { roomId, eventName: 'poll', attributes: { a } }, signal());

      await standIn.close();
      expect(answer.eventId).toMatch(/^\w+$/);
    },
  );
});
