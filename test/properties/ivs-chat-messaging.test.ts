import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createFaultBoard } from '../../infra/local/faults/board.ts';
import { createChatTokens } from '../../infra/local/ivs-chat/chat-tokens.ts';
import {
  DEFAULT_MESSAGING_KNOBS,
  type Messaging,
  startMessaging,
} from '../../infra/local/ivs-chat/messaging/index.ts';
import { createRooms } from '../../infra/local/ivs-chat/rooms.ts';
import { aGrant, aRoom, createStillClock } from '../contract/ivs-chat/messaging/chat-world.ts';

const TIME_LIMIT_MS = 8000;
const clock = createStillClock();
const tokens = createChatTokens({ clock });
let messaging: Messaging;
let socket: WebSocket;

beforeAll(async () => {
  const rooms = createRooms(null);
  rooms.put(aRoom({ maximumMessageRatePerSecond: 100 }));
  messaging = await startMessaging({
    port: 0,
    clock,
    tokens,
    rooms,
    faults: createFaultBoard(),
    log: () => {},
    lambdaEndpoint: () => null,
    knobs: DEFAULT_MESSAGING_KNOBS,
  });
  const { token } = tokens.mint({ ...aGrant('the-only-sender'), sessionDurationInMinutes: 180 });
  socket = new WebSocket(messaging.messagingUrl, [token]);
  await new Promise((resolve) => socket.once('open', resolve));
});

afterAll(() => messaging.close());

const requestId = fc.string({ unit: 'binary', maxLength: 40 });
const attributes = fc.oneof(fc.dictionary(fc.string(), fc.string({ unit: 'binary' })), fc.jsonValue());

/** Requests of which each member may be right, of the wrong type, too long or missing. */
const nearlyRequest = fc.record(
  {
    Action: fc.oneof(fc.constantFrom('SEND_MESSAGE', 'DELETE_MESSAGE', 'DISCONNECT_USER'), fc.jsonValue()),
    RequestId: fc.oneof({ weight: 4, arbitrary: requestId }, fc.jsonValue()),
    Content: fc.oneof(fc.string({ unit: 'binary', maxLength: 1100 }), fc.jsonValue()),
    Attributes: attributes,
    Id: fc.oneof(fc.stringMatching(/^[a-zA-Z0-9]{11,13}$/), fc.jsonValue()),
    UserId: fc.oneof(fc.string({ unit: 'binary', maxLength: 140 }), fc.jsonValue()),
    Reason: fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.jsonValue()),
  },
  { requiredKeys: [] },
);

const textFrame = fc.oneof(
  { weight: 6, arbitrary: nearlyRequest.map((request) => JSON.stringify(request)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: nearlyRequest.map((request) => JSON.stringify(request).slice(0, -1)) },
);

it('answers every text frame exactly once, with its RequestId', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(textFrame, { minLength: 1, maxLength: 12 }), async (texts) => {
      clock.advance(1000);
      const answers = await answersTo(texts);
      const ids = answers.map((answer) => answer.RequestId);
      expect(ids).toEqual(texts.map(readableRequestId));
      for (const answer of answers) expect(isWellFormed(answer)).toBe(true);
    }),
    { numRuns: 2000, interruptAfterTimeLimit: TIME_LIMIT_MS },
  );
  expect(messaging.connections()).toHaveLength(1);
});

/** Sends frames and a marker after them; what arrives before the marker's answer are the answers. */
function answersTo(texts: readonly string[]): Promise<Record<string, unknown>[]> {
  const marker = `marker-${Math.random()}`;
  const answers: Record<string, unknown>[] = [];
  const arrived = new Promise<Record<string, unknown>[]>((resolve, reject) => {
    socket.once('close', reject);
    socket.on('message', (data) => {
      const answer = JSON.parse(String(data));
      if (answer.RequestId !== marker) return void answers.push(answer);
      socket.removeAllListeners('message').removeAllListeners('close');
      resolve(answers);
    });
  });
  for (const text of [...texts, JSON.stringify({ Action: 'marker', RequestId: marker })]) socket.send(text);
  return arrived;
}

/** Written apart from the stand-in's own parser, on purpose. */
function readableRequestId(text: string): string {
  try {
    const value = JSON.parse(text);
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    return isObject && typeof value.RequestId === 'string' ? value.RequestId : '';
  } catch {
    return '';
  }
}

function isWellFormed(answer: Record<string, unknown>): boolean {
  if (!/^[a-zA-Z0-9]{12}$/.test(String(answer.Id))) return false;
  if (answer.Type === 'ERROR') return [400, 413, 429].includes(Number(answer.ErrorCode));
  return answer.Type === 'MESSAGE' || answer.Type === 'EVENT';
}
