import {
  type ChatTokenCapability,
  CreateChatTokenCommand,
  CreateRoomCommand,
  DeleteMessageCommand,
  DeleteRoomCommand,
  DisconnectUserCommand,
  GetRoomCommand,
  SendEventCommand,
} from '@aws-sdk/client-ivschat';
import { type ChatEvent, type ChatMessage, ChatRoom, SendMessageRequest } from 'amazon-ivs-chat-messaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, REMOTE, type Target } from './target.ts';

/** AWS is reached over the internet. */
const TIMEOUT_MS = REMOTE ? 60_000 : 15_000;

let target: Target;
let roomArn: string;

beforeAll(async () => {
  target = await openTarget();
  const { arn } = await target.client.send(
    new CreateRoomCommand({ name: 'roomkeeper-contract', maximumMessageLength: 10 }),
  );
  roomArn = arn ?? '';
}, TIMEOUT_MS);
afterAll(async () => {
  await target.client.send(new DeleteRoomCommand({ identifier: roomArn }));
  await target.close();
}, TIMEOUT_MS);

/** Somebody in the room, with everything that reached them. */
async function enter(userId: string, capabilities: ChatTokenCapability[]) {
  const room = new ChatRoom({
    regionOrUrl: target.regionOrUrl,
    tokenProvider: async () => {
      const { token } = await target.client.send(
        new CreateChatTokenCommand({ roomIdentifier: roomArn, userId, capabilities }),
      );
      return { token: token ?? '' };
    },
  });
  const messages: ChatMessage[] = [];
  const events: ChatEvent[] = [];
  const disconnects: string[] = [];
  room.addListener('message', (message) => messages.push(message));
  room.addListener('event', (event) => events.push(event));
  room.addListener('disconnect', (reason) => disconnects.push(reason));
  const deletions: string[] = [];
  room.addListener('messageDelete', ({ messageId }) => deletions.push(messageId));
  const connected = new Promise<void>((resolve) => room.addListener('connect', () => resolve()));
  room.connect();
  await connected;
  return { room, messages, events, disconnects, deletions };
}

describe('what Amazon IVS Chat documents', () => {
  it('shows a room as it was created', { timeout: TIMEOUT_MS }, async () => {
    const room = await target.client.send(new GetRoomCommand({ identifier: roomArn }));

    expect(room).toMatchObject({ arn: roomArn, name: 'roomkeeper-contract', maximumMessageLength: 10 });
    expect(room.id).toMatch(/^[a-zA-Z0-9]{12}$/);
  });

  it('delivers, deletes, sends events and disconnects', { timeout: TIMEOUT_MS }, async () => {
    const speaker = await enter('speaker', ['SEND_MESSAGE']);
    const listener = await enter('listener', []);

    const sent = await speaker.room.sendMessage(new SendMessageRequest('hello'));
    await expect.poll(() => listener.messages.map(({ content }) => content)).toEqual(['hello']);

    await target.client.send(new DeleteMessageCommand({ roomIdentifier: roomArn, id: sent.id }));
    await expect.poll(() => listener.deletions).toEqual([sent.id]);

    await target.client.send(new SendEventCommand({ roomIdentifier: roomArn, eventName: 'poll' }));
    await expect.poll(() => listener.events.map(({ eventName }) => eventName)).toContain('poll');

    await target.client.send(new DisconnectUserCommand({ roomIdentifier: roomArn, userId: 'speaker' }));
    await expect.poll(() => speaker.disconnects).toEqual(['serverDisconnect']);
    expect(listener.disconnects).toEqual([]);
    listener.room.disconnect();
  });

  it('refuses what the capabilities and the room do not allow', { timeout: TIMEOUT_MS }, async () => {
    const speaker = await enter('speaker', ['SEND_MESSAGE']);
    const listener = await enter('listener', []);

    const tooLong = speaker.room.sendMessage(new SendMessageRequest('x'.repeat(11)));
    await expect(tooLong).rejects.toMatchObject({ errorCode: 400 });
    const tenCodePoints = speaker.room.sendMessage(new SendMessageRequest('😀'.repeat(10)));
    await expect(tenCodePoints).resolves.toMatchObject({ content: '😀'.repeat(10) });
    const notAllowed = listener.room.sendMessage(new SendMessageRequest('me too'));
    await expect(notAllowed).rejects.toMatchObject({ errorCode: 403 });
    speaker.room.disconnect();
    listener.room.disconnect();
  });

  it.each([
    ['an unknown room', 'AbCdEf123456', {}, 'ResourceNotFoundException'],
    ['a session over 180 minutes', undefined, { sessionDurationInMinutes: 181 }, 'ValidationException'],
    ['an empty user id', undefined, { userId: '' }, 'ValidationException'],
  ])('makes no token for %s', { timeout: TIMEOUT_MS }, async (_name, roomId, changes, name) => {
    const roomIdentifier = roomId ? roomArn.replace(/[^/]+$/, roomId) : roomArn;
    const command = new CreateChatTokenCommand({ userId: 'vi', roomIdentifier, ...changes });

    await expect(target.client.send(command)).rejects.toMatchObject({ name });
  });
});
