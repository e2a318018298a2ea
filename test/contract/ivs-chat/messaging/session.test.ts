import { expect, it } from 'vitest';
import { createClock } from '../../../../infra/local/clock.ts';
import { atTime } from '../../../../infra/local/ivs-chat/messaging/deadline.ts';
import { startHandler } from '../review/handler.ts';
import { startWorld } from './chat-world.ts';
import { openClient, sendMessage } from './raw-client.ts';

const MINUTE_MS = 60_000;

it('ends a session when the clock reaches its end: ERROR 401, then close 1000', async () => {
  const { connect, clock, messaging } = await startWorld();
  const ann = await connect('ann', { sessionDurationInMinutes: 5 });
  clock.advance(5 * MINUTE_MS - 1);
  expect(await ann.ask(sendMessage('x'))).toMatchObject({ Type: 'MESSAGE' });
  clock.advance(1);
  expect(messaging.connections()).toEqual([]);
  expect(await ann.closed).toBe(1000);
  expect(ann.frames.slice(1)).toMatchObject([{ Type: 'ERROR', RequestId: '', ErrorCode: 401 }]);
});

it('counts the session from the issue of its token, not from the connection', async () => {
  const { connect, mint, clock, messaging } = await startWorld();
  const early = mint('ann', { sessionDurationInMinutes: 1 });
  clock.advance(59_999);
  const ann = await openClient(messaging.messagingUrl, early.token);
  const ben = await connect('ben', { sessionDurationInMinutes: 1 });
  clock.advance(1);
  expect(await ann.closed).toBe(1000);
  expect(await ben.ask(sendMessage('x'))).toMatchObject({ Type: 'MESSAGE' });
});

it('leaves a connection alone when its token expires', async () => {
  const { connect, clock } = await startWorld();
  const ann = await connect('ann');
  clock.advance(MINUTE_MS);
  expect(await ann.ask(sendMessage('x'))).toMatchObject({ Type: 'MESSAGE' });
});

it('answers what is in review with ERROR 401 when the session ends', async () => {
  const handler = await startHandler(() => {});
  const { connect, clock } = await startWorld({
    knobs: { reviewTimeoutMs: 60_000 },
    room: handler.room('ALLOW'),
    lambdaEndpoint: handler.endpoint,
  });
  const ann = await connect('ann', { sessionDurationInMinutes: 1 });
  const answers = Promise.all([ann.ask(sendMessage('one')), ann.ask(sendMessage('two'))]);
  await expect.poll(() => handler.invocations.length).toBe(2);
  clock.advance(MINUTE_MS);
  expect(await answers).toMatchObject([{ ErrorCode: 401 }, { ErrorCode: 401 }]);
  expect(await ann.closed).toBe(1000);
  expect(ann.frames).toHaveLength(2);
});

it('can close without an ERROR, and with another code', async () => {
  const { connect, clock } = await startWorld({ knobs: { sessionEnd: 'close', sessionEndCloseCode: 4001 } });
  const ann = await connect('ann', { sessionDurationInMinutes: 1 });
  clock.advance(MINUTE_MS);
  expect(await ann.closed).toBe(4001);
  expect(ann.frames).toEqual([]);
});

it('refuses a request after the end of the session, should the request come first', async () => {
  const world = await startWorld();
  const ann = await world.connect('ann', { sessionDurationInMinutes: 1 });
  const before = world.clock.now;
  // Time passes without anybody being told, as when a timer is late.
  world.clock.now = () => before() + MINUTE_MS;
  expect(await ann.ask(sendMessage('x'))).toMatchObject({ Type: 'ERROR', ErrorCode: 401 });
  expect(await ann.closed).toBe(1000);
});

it('notices the end of a session as real time passes', async () => {
  const clock = createClock();
  const at = clock.now() + 30;
  const reached = await new Promise<number>((resolve) => void atTime(clock, at, () => resolve(clock.now())));
  expect(reached).toBeGreaterThanOrEqual(at);
});

it('pings when the knob says so', async () => {
  const { connect } = await startWorld({ knobs: { pingIntervalMs: 5 } });
  const ann = await connect('ann');
  await new Promise((resolve) => ann.socket.once('ping', resolve));
});
