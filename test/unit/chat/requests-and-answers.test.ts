import { describe, expect, it } from 'vitest';
import {
  ACCOUNT_ID,
  CALLS,
  createChat,
  createClient,
  NOW_MS,
  outcomeOf,
  REGION,
} from './support/chat-calls.ts';
import { createRoomIds, signal, useIvs } from './support/use-ivs.ts';

const ARN_PREFIX = `arn:aws:ivschat:${REGION}:${ACCOUNT_ID}:room/`;

const ivs = useIvs();
const newRoom = createRoomIds();

/** Makes a call about a room of its own. @returns what it sent and what it was given. */
async function exchange(call: (roomId: string) => Promise<unknown>) {
  const roomId = newRoom();
  const answer = await call(roomId);
  const requests = ivs().server.received(roomId);
  expect(requests).toHaveLength(1);
  return { roomId, sent: requests[0], answer };
}

describe('the adapter sends exactly what it is asked to', () => {
  it('CreateChatToken', async () => {
    const { roomId, sent, answer } = await exchange((id) =>
      ivs().chat.createChatToken(
        {
          roomId: id,
          userId: 'user-1',
          capabilities: ['SEND_MESSAGE', 'DELETE_MESSAGE'],
          sessionMinutes: 57,
          attributes: { displayName: 'Ada 🌿', role: 'moderator' },
        },
        signal(),
      ),
    );

    expect(sent).toEqual({
      operation: 'CreateChatToken',
      body: {
        roomIdentifier: `${ARN_PREFIX}${roomId}`,
        userId: 'user-1',
        capabilities: ['SEND_MESSAGE', 'DELETE_MESSAGE'],
        sessionDurationInMinutes: 57,
        attributes: { displayName: 'Ada 🌿', role: 'moderator' },
      },
    });
    expect(answer).toEqual({
      token: 'chat-token',
      tokenExpirationTime: new Date('2026-01-01T00:01:00Z'),
      sessionExpirationTime: new Date('2026-01-01T01:00:00Z'),
    });
  });

  it('DeleteMessage', async () => {
    const { roomId, sent, answer } = await exchange((id) =>
      ivs().chat.deleteMessage({ roomId: id, messageId: 'MnOpQrStUvWx', reason: 'spam' }, signal()),
    );

    expect(sent).toEqual({
      operation: 'DeleteMessage',
      body: { roomIdentifier: `${ARN_PREFIX}${roomId}`, id: 'MnOpQrStUvWx', reason: 'spam' },
    });
    expect(answer).toEqual({ eventId: 'event-of-deletion' });
  });

  it('DisconnectUser', async () => {
    const { roomId, sent, answer } = await exchange((id) =>
      ivs().chat.disconnectUser({ roomId: id, userId: 'user-2', reason: 'spam' }, signal()),
    );

    expect(sent).toEqual({
      operation: 'DisconnectUser',
      body: { roomIdentifier: `${ARN_PREFIX}${roomId}`, userId: 'user-2', reason: 'spam' },
    });
    expect(answer).toBeUndefined();
  });

  it('SendEvent', async () => {
    const { roomId, sent, answer } = await exchange((id) =>
      ivs().chat.sendEvent({ roomId: id, eventName: 'poll', attributes: { question: 'tea?' } }, signal()),
    );

    expect(sent).toEqual({
      operation: 'SendEvent',
      body: {
        roomIdentifier: `${ARN_PREFIX}${roomId}`,
        eventName: 'poll',
        attributes: { question: 'tea?' },
      },
    });
    expect(answer).toEqual({ eventId: 'event-sent' });
  });
});

describe('a good status with an unusable answer', () => {
  const past = new Date(NOW_MS - 1000).toISOString();
  const now = new Date(NOW_MS).toISOString();
  const future = new Date(NOW_MS + 60_000).toISOString();
  const token = { token: 'T', tokenExpirationTime: future, sessionExpirationTime: future };

  it.each([
    ['CreateChatToken', 'nothing', {}],
    ['CreateChatToken', 'an empty token', { ...token, token: '' }],
    ['CreateChatToken', 'no token', { ...token, token: undefined }],
    ['CreateChatToken', 'a token that is a number', { ...token, token: 7 }],
    ['CreateChatToken', 'no end of the token', { ...token, tokenExpirationTime: undefined }],
    ['CreateChatToken', 'no end of the session', { ...token, sessionExpirationTime: undefined }],
    ['CreateChatToken', 'a token that has ended', { ...token, tokenExpirationTime: past }],
    ['CreateChatToken', 'a token that ends now', { ...token, tokenExpirationTime: now }],
    ['CreateChatToken', 'a session that has ended', { ...token, sessionExpirationTime: past }],
    ['CreateChatToken', 'a session of years', { ...token, sessionExpirationTime: '9999-01-01T00:00:00Z' }],
    ['CreateChatToken', 'an end that is no date', { ...token, sessionExpirationTime: 'tomorrow' }],
    ['CreateChatToken', 'an end that is no day', { ...token, tokenExpirationTime: '2026-13-41T00:00:00Z' }],
    ['CreateChatToken', 'an end that is an object', { ...token, tokenExpirationTime: { at: 1 } }],
    ['CreateChatToken', 'a list', []],
    ['CreateChatToken', 'null', null],
    ['DeleteMessage', 'nothing', {}],
    ['DeleteMessage', 'an empty id', { id: '' }],
    ['DeleteMessage', 'an id that is a list', { id: ['x'] }],
    ['SendEvent', 'nothing', {}],
    ['SendEvent', 'an id that is null', { id: null }],
  ] as const)('of %s, %s, is an invalid answer and not asked for again', async (operation, _what, body) => {
    const roomId = newRoom();
    ivs().server.script(roomId, { status: 200, headers: { 'content-type': 'application/json' }, body });

    const outcome = await outcomeOf(operation, CALLS[operation](ivs().chat, roomId, signal()));

    expect(outcome).toMatchObject({ code: 'upstream-invalid-answer', status: 502 });
    expect(ivs().server.received(roomId)).toHaveLength(1);
  });

  it('is told from one that just holds: a token that ends in the next second', async () => {
    const roomId = newRoom();
    const soon = new Date(NOW_MS + 1000).toISOString();
    const body = { token: 'T', tokenExpirationTime: soon, sessionExpirationTime: soon };
    ivs().server.script(roomId, { status: 200, headers: { 'content-type': 'application/json' }, body });

    expect(
      await outcomeOf('CreateChatToken', CALLS.CreateChatToken(ivs().chat, roomId, signal())),
    ).toMatchObject({
      status: 201,
    });
  });
});

describe('a wrong clock of ours', () => {
  it.each([
    [403, 'AccessDeniedException'],
    [400, 'InvalidSignatureException'],
    [400, 'RequestExpired'],
  ])('is corrected once after %i %s, and the call succeeds', async (status, errorType) => {
    const roomId = newRoom();
    const skewed = createChat(createClient(ivs().server.origin));
    const headers = { 'x-amzn-errortype': errorType, date: '{{NOW+900s}}' };
    ivs().server.script(roomId, { status, headers, body: { message: 'Signature expired' } }, 'OK');

    const outcome = await outcomeOf('SendEvent', CALLS.SendEvent(skewed, roomId, signal()));

    expect(outcome.status).toBe(200);
    expect(ivs().server.received(roomId)).toHaveLength(2);
  });

  it('is no reason to repeat what a room that does not exist has answered', async () => {
    const roomId = newRoom();
    const skewed = createChat(createClient(ivs().server.origin));
    const headers = { 'x-amzn-errortype': 'ResourceNotFoundException', date: '{{NOW+900s}}' };
    ivs().server.script(roomId, { status: 404, headers, body: { message: 'no' } });

    const outcome = await outcomeOf('SendEvent', CALLS.SendEvent(skewed, roomId, signal()));

    expect(outcome.code).toBe('room-not-found');
    expect(ivs().server.received(roomId)).toHaveLength(1);
  });
});
