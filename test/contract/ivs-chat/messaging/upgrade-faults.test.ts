import { expect, it } from 'vitest';
import WebSocket from 'ws';
import type { Fault } from '../../../../infra/local/faults/rule.ts';
import { startWorld, type World } from './chat-world.ts';
import { openClient } from './raw-client.ts';

const target = 'ivs-chat-messaging';

it('answers a handshake with the status of a fault', async () => {
  const world = await startWorld();
  const headers = { 'retry-after': '7' };
  world.faults.add({
    target,
    times: 1,
    fault: { mode: 'status', status: 503, headers, body: { sorry: true } },
  });
  const { token } = world.mint('ann');
  const socket = new WebSocket(world.messaging.messagingUrl, [token]);
  const answer = await new Promise((resolve) => {
    socket.once('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve([response.statusCode, response.headers['retry-after'], body]));
    });
  });
  expect(answer).toEqual([503, '7', '{"sorry":true}']);
  await openClient(world.messaging.messagingUrl, token);
});

it.each<[string, Fault, boolean]>([
  ['reset before', { mode: 'reset' }, false],
  ['reset after', { mode: 'reset', when: 'after' }, true],
  ['truncate', { mode: 'truncate' }, true],
])('ends the connection with a %s fault', async (_title, fault, usesToken) => {
  const world = await startWorld();
  world.faults.add({ target, times: 1, fault });
  const { token } = world.mint('ann');
  await expect(openClient(world.messaging.messagingUrl, token)).rejects.toThrow(
    /ECONNRESET|hang up|Parse Error/i,
  );
  expect(isUsed(world, token)).toBe(usesToken);
});

it.each<[string, Fault, boolean]>([
  ['before', { mode: 'hang' }, false],
  ['headers', { mode: 'hang', when: 'headers' }, true],
  ['body', { mode: 'hang', when: 'body' }, true],
])('never answers with a hang %s fault, until the stand-in ends', async (_title, fault, usesToken) => {
  const world = await startWorld();
  world.faults.add({ target, times: 1, fault });
  const { token } = world.mint('ann');
  const hanging = openClient(world.messaging.messagingUrl, token).then(
    () => 'open',
    () => 'ended',
  );
  await expect.poll(() => world.faults.list()[0]?.applied).toBe(1);
  expect(isUsed(world, token)).toBe(usesToken);
  expect(await Promise.race([hanging, new Promise((resolve) => setTimeout(resolve, 50, 'hanging'))])).toBe(
    'hanging',
  );
  await world.messaging.close();
  expect(await hanging).toBe('ended');
});

it('handles a handshake later with a delay fault', async () => {
  const world = await startWorld();
  world.faults.add({ target, times: 1, fault: { mode: 'delay', ms: 50 } });
  const started = performance.now();
  await world.connect('ann');
  expect(performance.now() - started).toBeGreaterThanOrEqual(49);
});

/** Whether a token has been redeemed; if not, it is now. */
function isUsed(world: World, token: string): boolean {
  return world.tokens.redeem(token) === 'used';
}
