import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type StandIn, startStandIn } from './stand-in.ts';

let standIn: StandIn;
let roomIdentifier: string;

beforeAll(async () => {
  standIn = await startStandIn();
  roomIdentifier = (await standIn.client.createRoom({})).arn ?? '';
});
afterAll(() => standIn.close());

async function connect(userId: string) {
  const { token = '' } = await standIn.client.createChatToken({ roomIdentifier, userId });
  const socket = new WebSocket(standIn.chat.messagingUrl, token);
  await once(socket, 'open');
  return socket;
}

async function nextFrame(socket: WebSocket): Promise<Record<string, unknown>> {
  const [data] = (await once(socket, 'message')) as [Buffer];
  return JSON.parse(data.toString()) as Record<string, unknown>;
}

describe('CreateChatToken', () => {
  it.each([
    ['an hour by default', {}, 60],
    ['the minutes asked for', { sessionDurationInMinutes: 7 }, 7],
  ])('answers a token for a minute and a session of %s', async (_title, input, minutes) => {
    const before = standIn.clock.now();
    const answer = await standIn.client.createChatToken({ roomIdentifier, userId: 'ada', ...input });
    const after = standIn.clock.now();

    const expiry = answer.tokenExpirationTime?.getTime() ?? 0;
    expect(answer.token).toMatch(/^[A-Za-z0-9_.-]+$/);
    expect(expiry).toBeGreaterThanOrEqual(before + 60_000);
    expect(expiry).toBeLessThanOrEqual(after + 60_000);
    expect(answer.sessionExpirationTime?.getTime()).toBe(expiry + (minutes - 1) * 60_000);
  });

  it('encodes what was asked for into the token', async () => {
    // As text: the client itself drops an attribute of this name.
    const body = `{"roomIdentifier":"${roomIdentifier}","userId":"grace","capabilities":["SEND_MESSAGE"],
      "sessionDurationInMinutes":9,"attributes":{"displayName":"Grace","__proto__":"x"}}`;
    const { token } = (await (await standIn.post('/CreateChatToken', body)).json()) as { token: string };
    const socket = new WebSocket(standIn.chat.messagingUrl, token);
    await once(socket, 'open');
    const frame = nextFrame(socket);
    socket.send(JSON.stringify({ Action: 'SEND_MESSAGE', Content: 'hello' }));

    expect((await frame).Sender).toEqual({
      UserId: 'grace',
      Attributes: Object.fromEntries([
        ['displayName', 'Grace'],
        ['__proto__', 'x'],
      ]),
    });
    expect(standIn.chat.hub.connections()).toContainEqual(
      expect.objectContaining({ roomArn: roomIdentifier, userId: 'grace', capabilities: ['SEND_MESSAGE'] }),
    );
    socket.terminate();
  });

  it('gives no capability that was not asked for', async () => {
    const socket = await connect('viewer');
    const frame = nextFrame(socket);
    socket.send(JSON.stringify({ Action: 'SEND_MESSAGE', Content: 'hello' }));

    expect(await frame).toMatchObject({ Type: 'ERROR', ErrorCode: 403 });
    socket.terminate();
  });
});

describe('the operations that reach the room', () => {
  it('DeleteMessage sends aws:DELETE_MESSAGE under the id that it answers', async () => {
    const socket = await connect('ada');
    const frame = nextFrame(socket);
    const { id } = await standIn.client.deleteMessage({ roomIdentifier, id: 'AbCdEf123456', reason: 'spam' });

    expect(id).toMatch(/^[a-zA-Z0-9]{12}$/);
    expect(await frame).toMatchObject({
      Id: id,
      EventName: 'aws:DELETE_MESSAGE',
      Attributes: { MessageID: 'AbCdEf123456', MessageId: 'AbCdEf123456', Reason: 'spam' },
    });
    socket.terminate();
  });

  it('SendEvent sends the event under the id that it answers', async () => {
    const socket = await connect('ada');
    const frame = nextFrame(socket);
    const { id } = await standIn.client.sendEvent({
      roomIdentifier,
      eventName: 'app:x',
      attributes: { a: 'b' },
    });

    expect(await frame).toMatchObject({ Id: id, EventName: 'app:x', Attributes: { a: 'b' } });
    socket.terminate();
  });

  it('DisconnectUser closes every connection of the user, and answers an empty body', async () => {
    const sockets = await Promise.all([connect('mallory'), connect('mallory')]);
    const other = await connect('ada');
    const closed = Promise.all(sockets.map((socket) => once(socket, 'close')));
    const response = await standIn.post(
      '/DisconnectUser',
      JSON.stringify({ roomIdentifier, userId: 'mallory' }),
    );

    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect((await closed).map(([code]) => code)).toEqual([1000, 1000]);
    expect(other.readyState).toBe(WebSocket.OPEN);
    other.terminate();
  });

  it('DisconnectUser of somebody who is not connected succeeds', async () => {
    const { $metadata } = await standIn.client.disconnectUser({
      roomIdentifier,
      userId: 'nobody',
      reason: 'x',
    });

    expect($metadata.httpStatusCode).toBe(200);
  });

  it('DeleteRoom leaves connections open', async () => {
    const { arn } = await standIn.client.createRoom({});
    const { token = '' } = await standIn.client.createChatToken({ roomIdentifier: arn, userId: 'ada' });
    const socket = new WebSocket(standIn.chat.messagingUrl, token);
    await once(socket, 'open');
    await standIn.client.deleteRoom({ identifier: arn });

    expect(standIn.chat.hub.connections().some((connection) => connection.roomArn === arn)).toBe(true);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
  });
});
