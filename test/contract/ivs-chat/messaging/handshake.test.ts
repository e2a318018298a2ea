import { get } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { expect, it } from 'vitest';
import WebSocket from 'ws';
import { ROOM_ARN, startWorld, type World } from './chat-world.ts';
import { openClient, sendMessage } from './raw-client.ts';

const refusedWith = (status: number) => `Unexpected server response: ${status}`;

it('echoes the token as the selected subprotocol', async () => {
  const world = await startWorld();
  const { token } = world.mint('ann');
  const client = await openClient(world.messaging.messagingUrl, token);
  expect(client.socket.protocol).toBe(token);
});

it.each<[string, (world: World) => Promise<string> | string]>([
  ['unknown', () => 'nobody-minted.this'],
  [
    'expired',
    (world) => {
      const { token } = world.mint('ann');
      world.clock.advance(60_000);
      return token;
    },
  ],
  [
    'used',
    async (world) => {
      const { token } = world.mint('ann');
      await openClient(world.messaging.messagingUrl, token);
      return token;
    },
  ],
])('refuses an %s token with HTTP 401', async (why, prepare) => {
  const world = await startWorld();
  const token = await prepare(world);
  await expect(openClient(world.messaging.messagingUrl, token)).rejects.toThrow(refusedWith(401));
  expect(world.lines).toContain(`connection refused: ${why} token`);
  expect(world.lines.join()).not.toContain(token);
});

it('takes a token until its minute is over', async () => {
  const world = await startWorld();
  const { token } = world.mint('ann');
  world.clock.advance(59_999);
  await openClient(world.messaging.messagingUrl, token);
  expect(world.messaging.connections()).toHaveLength(1);
});

it.each([
  ['without a token', undefined],
  ['with two tokens', 'both'],
])('refuses a handshake %s with HTTP 401', async (_title, offered) => {
  const world = await startWorld();
  const tokens = offered ? [world.mint('ann').token, world.mint('ben').token] : [];
  const socket = new WebSocket(world.messaging.messagingUrl, tokens);
  await expect(new Promise((_resolve, reject) => socket.once('error', reject))).rejects.toThrow(
    refusedWith(401),
  );
});

it('refuses a token whose room is gone with HTTP 404', async () => {
  const world = await startWorld();
  const { token } = world.mint('ann');
  world.rooms.delete(ROOM_ARN);
  await expect(openClient(world.messaging.messagingUrl, token)).rejects.toThrow(refusedWith(404));
});

it('knows no path but the root', async () => {
  const world = await startWorld();
  const { token } = world.mint('ann');
  await expect(openClient(`${world.messaging.messagingUrl}/room`, token)).rejects.toThrow(refusedWith(404));
  await openClient(`${world.messaging.messagingUrl}/?any=query`, token);
});

it('refuses more connections than the quota with HTTP 429 and leaves the token unused', async () => {
  const world = await startWorld({ knobs: { maximumConnections: 1 } });
  const first = await world.connect('ann');
  const { token } = world.mint('ben');
  await expect(openClient(world.messaging.messagingUrl, token)).rejects.toThrow(refusedWith(429));
  first.socket.close();
  await first.closed;
  await expect.poll(() => world.messaging.connections().length).toBe(0);
  await openClient(world.messaging.messagingUrl, token);
});

it('does not use a token up when the handshake itself is broken', async () => {
  const world = await startWorld();
  const { token } = world.mint('ann');
  const answer = await rawUpgrade(world, [`Sec-WebSocket-Protocol: ${token}`, 'Sec-WebSocket-Version: 13']);
  expect(answer).toMatch(/^HTTP\/1.1 400 /);
  await openClient(world.messaging.messagingUrl, token);
});

it('can accept a bad token and answer with ERROR 401 and a close', async () => {
  const world = await startWorld({ knobs: { refusedToken: 'error-frame' } });
  const client = await openClient(world.messaging.messagingUrl, 'unknown');
  expect(await client.next()).toMatchObject({ Type: 'ERROR', RequestId: '', ErrorCode: 401 });
  expect(await client.closed).toBe(1000);
  expect(world.messaging.connections()).toEqual([]);
});

it('answers a plain request with 426', async () => {
  const world = await startWorld();
  const status = await new Promise((resolve, reject) => {
    const url = world.messaging.messagingUrl.replace('ws:', 'http:');
    get(url, (response) => resolve(response.resume().statusCode)).on('error', reject);
  });
  expect(status).toBe(426);
});

it('lists its open connections for the control port', async () => {
  const world = await startWorld();
  const client = await world.connect('ann', { capabilities: ['SEND_MESSAGE'] });
  const at = world.clock.now();
  expect(world.messaging.connections()).toEqual([
    {
      id: expect.stringMatching(/^[a-zA-Z0-9]{12}$/),
      roomArn: ROOM_ARN,
      userId: 'ann',
      capabilities: ['SEND_MESSAGE'],
      connectedAt: at,
      sessionExpirationTime: at + 60 * 60_000,
    },
  ]);
  await client.ask(sendMessage('hi'));
  const [delivery] = world.messaging.deliveries();
  expect(delivery).toMatchObject({ userId: 'ann', roomArn: ROOM_ARN, at, frame: client.frames[0] });
});

/** Sends an upgrade request by hand and returns what comes back until the server ends. */
function rawUpgrade(world: World, headers: readonly string[]): Promise<string> {
  const socket = connectTcp(Number(new URL(world.messaging.messagingUrl).port), '127.0.0.1');
  const lines = [
    'GET / HTTP/1.1',
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    ...headers,
  ];
  socket.write([...lines, '', ''].join('\r\n'));
  return new Promise((resolve, reject) => {
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}
