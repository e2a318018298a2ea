import { expect, it } from 'vitest';
import { createDeliveryLog } from '../../../../infra/local/ivs-chat/messaging/deliveries.ts';
import { ROOM_ARN, startWorld } from './chat-world.ts';
import { sendMessage } from './raw-client.ts';

const delivery = (at: number) => ({ connectionId: 'c', userId: 'ann', roomArn: ROOM_ARN, at, frame: {} });

it.each([
  ['none', 0, []],
  ['fewer than it keeps', 2, [1, 2]],
  ['as many as it keeps', 3, [1, 2, 3]],
  ['one more', 4, [2, 3, 4]],
  ['many more', 11, [9, 10, 11]],
])('lists the newest deliveries, oldest first: after %s', (_title, count, expected) => {
  const log = createDeliveryLog(3);
  for (let at = 1; at <= count; at += 1) log.add(delivery(at));
  expect(log.list().map(({ at }) => at)).toEqual(expected);
});

it('records every copy of a frame, and nothing for connections that have left', async () => {
  const { connect, messaging } = await startWorld();
  const [ann, ben, cat] = [await connect('ann'), await connect('ben'), await connect('cat')];
  cat.socket.close();
  await expect.poll(() => messaging.connections().length).toBe(2);
  const echo = await ann.ask(sendMessage('x'));
  await ann.ask(sendMessage(''));
  await ben.next();
  expect(messaging.deliveries().map(({ userId, frame }) => [userId, frame])).toEqual([
    ['ann', echo],
    ['ben', echo],
    ['ann', ann.frames[1]],
  ]);
});
