import { connect as connectTcp } from 'node:net';
import { expect, it } from 'vitest';
import WebSocket from 'ws';
import { DEFAULT_MESSAGING_KNOBS, startMessaging } from '../../../../infra/local/ivs-chat/messaging/index.ts';
import { startWorld } from './chat-world.ts';

it('ends every connection and frees its port, also when clients do not answer', async () => {
  const world = await startWorld();
  const ann = await world.connect('ann');
  const deaf = await world.connect('ben');
  deaf.socket.pause();
  const port = Number(new URL(world.messaging.messagingUrl).port);
  const idle = connectTcp(port, '127.0.0.1');
  await new Promise((resolve) => idle.once('connect', resolve));
  idle.resume();
  const ended = new Promise((resolve) => idle.once('close', resolve));
  await world.messaging.close();
  expect(await ann.closed).toBe(1001);
  await ended;
  const refused = new Promise((_resolve, reject) => connectTcp(port, '127.0.0.1').once('error', reject));
  await expect(refused).rejects.toThrow('ECONNREFUSED');
  deaf.socket.resume();
});

it('survives frames that break the protocol', async () => {
  const world = await startWorld();
  const ann = await world.connect('ann');
  const raw = (ann.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;
  // A frame with a reserved opcode.
  raw.write(Buffer.from([0x8f, 0x80, 0, 0, 0, 0]));
  expect(await ann.closed).toBe(1002);
  const ben = await world.connect('ben');
  expect(ben.socket.readyState).toBe(WebSocket.OPEN);
  await expect.poll(() => world.messaging.connections().length).toBe(1);
});

it('tells which port is taken', async () => {
  const world = await startWorld();
  const port = Number(new URL(world.messaging.messagingUrl).port);
  const { clock, faults, rooms, tokens } = world;
  const options = { port, clock, faults, rooms, tokens, knobs: DEFAULT_MESSAGING_KNOBS };
  const second = startMessaging({ ...options, log: () => {}, lambdaEndpoint: () => null });
  await expect(second).rejects.toThrow(`cannot listen on 127.0.0.1:${port}: EADDRINUSE`);
});
