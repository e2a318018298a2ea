import { once } from 'node:events';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { OperationName } from '../../support/fault-rows.ts';
import { useStack } from '../../support/stack.ts';
import { type Caller, createCaller } from './support/calls.ts';
import { control, inject } from './support/control.ts';

const current = useStack();
let caller: Caller;
let viewer: WebSocket;
beforeAll(async () => {
  caller = await createCaller(current());
  const { body } = await caller.call('CreateChatToken');
  viewer = new WebSocket(current().description.messagingUrl, [String(body.token)]);
  await once(viewer, 'open');
  return () => viewer.terminate();
});
afterEach(() => control(current(), 'DELETE', '/faults'));

describe('an action that took effect before the connection to IVS Chat broke', () => {
  it.each<[OperationName, string]>([
    ['SendEvent', 'poll'],
    ['DeleteMessage', 'aws:DELETE_MESSAGE'],
    ['DisconnectUser', 'aws:DISCONNECT_USER'],
  ])(
    '%s is repeated: the caller learns that it is done, the room may hear of it twice',
    async (operation, eventName) => {
      const fault = { mode: 'reset', when: 'after' } as const;
      const broken = await inject(current(), { target: 'ivs-chat', match: operation, times: 1, fault });
      const { status } = await caller.call(operation);
      const { body } = await control(current(), 'GET', '/deliveries');
      const deliveries = body.deliveries as readonly { frame: { EventName?: string } }[];
      const heard = deliveries.filter(({ frame }) => frame.EventName === eventName);

      expect(status).toBe(200);
      expect(await broken.applied()).toBe(1);
      expect(heard).toHaveLength(2);
    },
  );
});

it('an event that is repeated has the same occurrence, by which clients drop it', async () => {
  const fault = { mode: 'reset', when: 'after' } as const;
  await inject(current(), { target: 'ivs-chat', match: 'SendEvent', times: 1, fault });
  await caller.call('SendEvent');
  const { body } = await control(current(), 'GET', '/deliveries');
  const deliveries = body.deliveries as readonly {
    frame: { EventName?: string; Attributes?: Record<string, string> };
  }[];
  const [first, second] = deliveries
    .filter(({ frame }) => frame.EventName === 'poll')
    .slice(-2)
    .map(({ frame }) => frame.Attributes?.['roomkeeper:occurrence']);

  expect(first).toMatch(/^[\w-]{36}$/);
  expect(second).toBe(first);
});
