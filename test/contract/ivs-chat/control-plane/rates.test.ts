import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { errorOf, leastInput, type StandIn, startStandIn } from './stand-in.ts';

let standIn: StandIn;
let arn: string;

async function start(knobs: Parameters<typeof startStandIn>[0] = {}) {
  standIn = await startStandIn(knobs);
  arn = (await standIn.client.createRoom({})).arn ?? '';
  standIn.clock.advance(1000);
}
beforeEach(() => start({ knobs: { enforceRates: true } }));
afterEach(() => standIn.close());

/** Stands still, so that no test waits for or races with real time. */
function freezeClock(): void {
  const at = standIn.clock.now();
  Object.assign(standIn.clock, { now: () => at });
}

async function callTimes(count: number, operation: string): Promise<void> {
  for (let n = 0; n < count; n += 1) await standIn.call(operation, leastInput(operation, arn));
}

describe('API call rates', () => {
  it.each([
    ['CreateRoom', 5],
    ['GetRoom', 5],
    ['ListRooms', 5],
    ['UpdateRoom', 5],
    ['CreateChatToken', 200],
    ['DeleteMessage', 100],
    ['DisconnectUser', 100],
    ['SendEvent', 100],
  ])('%s: %i in a second, then 429', async (operation, limit) => {
    freezeClock();
    await callTimes(limit, operation);
    const error = await errorOf(standIn.call(operation, leastInput(operation, arn)));

    expect(error).toMatchObject({ name: 'ThrottlingException', limit, resourceType: 'ROOM' });
    expect(error.resourceId).toMatch(/^[a-zA-Z0-9]+$/);
    expect(error.$metadata.httpStatusCode).toBe(429);
  });

  it('has room again after a second, and each operation has its own', async () => {
    freezeClock();
    await callTimes(5, 'GetRoom');
    await callTimes(5, 'ListRooms');
    const later = standIn.clock.now() + 1000;
    Object.assign(standIn.clock, { now: () => later });

    await expect(callTimes(5, 'GetRoom')).resolves.toBeUndefined();
  });

  it.each([
    ['DeleteMessage', { Action: 'DELETE_MESSAGE', Id: 'AbCdEf123456' }],
    ['DisconnectUser', { Action: 'DISCONNECT_USER', UserId: 'nobody' }],
  ])('%s shares its quota with the WebSocket', async (operation, action) => {
    freezeClock();
    const capabilities = ['DELETE_MESSAGE', 'DISCONNECT_USER'] as const;
    const { token = '' } = await standIn.client.createChatToken({
      roomIdentifier: arn,
      userId: 'moderator',
      capabilities: [...capabilities],
    });
    const socket = new WebSocket(standIn.chat.messagingUrl, token);
    await once(socket, 'open');
    const echo = once(socket, 'message');
    socket.send(JSON.stringify(action));
    await echo;

    await callTimes(99, operation);
    expect((await errorOf(standIn.call(operation, leastInput(operation, arn)))).name).toBe(
      'ThrottlingException',
    );
    socket.terminate();
  });

  it('counts no request that is refused for another reason', async () => {
    freezeClock();
    for (let n = 0; n < 10; n += 1) await errorOf(standIn.client.getRoom({ identifier: 'x' }));

    await expect(callTimes(5, 'GetRoom')).resolves.toBeUndefined();
  });

  it('is off on request', async () => {
    await standIn.close();
    await start({ knobs: { enforceRates: false } });
    freezeClock();

    await expect(callTimes(20, 'GetRoom')).resolves.toBeUndefined();
  });
});
