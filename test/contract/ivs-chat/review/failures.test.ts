import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import type { MessagingKnobs } from '../../../../infra/local/ivs-chat/messaging/knobs.ts';
import type { ReviewResult } from '../../../../infra/local/ivs-chat/model.ts';
import { startWorld } from '../messaging/chat-world.ts';
import { sendMessage } from '../messaging/raw-client.ts';
import { type Answer, always, startHandler } from './handler.ts';

type Failure = 'invocationErrors' | 'responseValidationErrors';

const allow = (over: object) => always({ ReviewResult: 'ALLOW', Content: 'x', ...over });
const FAILURES: readonly (readonly [string, Answer, Failure])[] = [
  [
    'throws',
    (response) => response.setHeader('X-Amz-Function-Error', 'Unhandled').end('{"errorType":"Error"}'),
    'invocationErrors',
  ],
  ['is forbidden', (response) => response.writeHead(403).end('{}'), 'invocationErrors'],
  ['is throttled', (response) => response.writeHead(429).end('{}'), 'invocationErrors'],
  [
    'is only accepted',
    (response) => response.writeHead(202).end('{"ReviewResult":"DENY","Content":"x"}'),
    'invocationErrors',
  ],
  ['closes the connection', (response) => response.destroy(), 'invocationErrors'],
  [
    'breaks off',
    (response) => response.writeHead(200, { 'content-length': 99 }).write('{', () => response.destroy()),
    'invocationErrors',
  ],
  [
    'answers more than Lambda may',
    (response) => response.end('x'.repeat(6 * 1024 * 1024 + 1)),
    'invocationErrors',
  ],
  ['answers nothing', always(''), 'responseValidationErrors'],
  ['answers HTML', always('<html></html>'), 'responseValidationErrors'],
  ['answers null', always('null'), 'responseValidationErrors'],
  ['answers a list', always('[]'), 'responseValidationErrors'],
  ['answers a string', always('"ALLOW"'), 'responseValidationErrors'],
  ['answers with an HTTP envelope', always({ statusCode: 200, body: '{}' }), 'responseValidationErrors'],
  ['gives no result', always({ Content: 'x' }), 'responseValidationErrors'],
  ['gives a result in lower case', allow({ ReviewResult: 'allow' }), 'responseValidationErrors'],
  ['gives no content', always({ ReviewResult: 'ALLOW' }), 'responseValidationErrors'],
  ['gives null content', allow({ Content: null }), 'responseValidationErrors'],
  ['gives empty content', allow({ Content: '' }), 'responseValidationErrors'],
  ['gives content that is no string', allow({ Content: 7 }), 'responseValidationErrors'],
  ['gives content that is too long', allow({ Content: '😀'.repeat(501) }), 'responseValidationErrors'],
  ['gives attributes that are no map', allow({ Attributes: ['x'] }), 'responseValidationErrors'],
  ['gives attributes of numbers', allow({ Attributes: { a: 1 } }), 'responseValidationErrors'],
  [
    'gives attributes of 1025 bytes',
    allow({ Attributes: { k: 'v'.repeat(1024) } }),
    'responseValidationErrors',
  ],
  [
    'denies with attributes of numbers',
    always({ ReviewResult: 'DENY', Content: 'x', Attributes: { Reason: 1 } }),
    'responseValidationErrors',
  ],
  [
    'denies with content that is no string',
    always({ ReviewResult: 'DENY', Content: 7 }),
    'responseValidationErrors',
  ],
];

const withFallbacks = FAILURES.flatMap(([title, answer, failure]) =>
  (['ALLOW', 'DENY'] as const).map((fallback) => [title, fallback, answer, failure] as const),
);

it.each(withFallbacks)(
  'when the handler %s, the fallback %s decides',
  async (_title, fallback, answer, failure) => {
    const handler = await startHandler(answer);
    const knobs = { reviewTimeoutMs: 10_000 };
    const { connect, messaging } = await startWorld({
      room: handler.room(fallback),
      lambdaEndpoint: handler.endpoint,
      knobs,
    });
    const ann = await connect('ann');
    expect(await ann.ask(sendMessage('original', { Attributes: { a: 'b' } }))).toMatchObject(
      expectedFrame(fallback),
    );
    expect(messaging.reviewCounters()).toEqual({
      invocationErrors: 0,
      responseValidationErrors: 0,
      [failure]: 1,
    });
    expect(handler.invocations).toHaveLength(1);
  },
);

it.each<[string, ReviewResult, () => Promise<string | null>]>([
  ['there is no endpoint', 'ALLOW', async () => null],
  ['there is no endpoint', 'DENY', async () => null],
  ['nobody listens', 'ALLOW', closedPort],
  ['nobody listens', 'DENY', closedPort],
  ['the endpoint is no http address', 'ALLOW', async () => 'https://127.0.0.1'],
  ['the endpoint is no address', 'DENY', async () => 'nonsense'],
])('when %s, the fallback %s decides', async (_title, fallback, endpoint) => {
  const messageReviewHandler = {
    uri: 'arn:aws:lambda:eu-west-1:123456789012:function:gone',
    fallbackResult: fallback,
  };
  const world = await startWorld({ room: { messageReviewHandler }, lambdaEndpoint: await endpoint() });
  const ann = await world.connect('ann');
  expect(await ann.ask(sendMessage('original', { Attributes: { a: 'b' } }))).toMatchObject(
    expectedFrame(fallback),
  );
  expect(world.messaging.reviewCounters()).toEqual({ invocationErrors: 1, responseValidationErrors: 0 });
  expect(world.lines.join()).not.toContain('original');
});

it.each<[string, ReviewResult, Answer]>([
  ['never answers', 'ALLOW', () => {}],
  ['never answers', 'DENY', () => {}],
  ['sends its head only', 'ALLOW', (response) => response.writeHead(200).flushHeaders()],
  ['sends half of its answer', 'DENY', (response) => response.write('{"ReviewResult":"ALLOW",')],
])(
  'answers within 250 ms when the handler %s, as the fallback %s says',
  { retry: 3 },
  async (_title, fallback, answer) => {
    const handler = await startHandler(answer);
    const { connect, messaging } = await startWorld({
      room: handler.room(fallback),
      lambdaEndpoint: handler.endpoint,
    });
    const ann = await connect('ann');
    const sent = performance.now();
    const frame = await ann.ask(sendMessage('original', { Attributes: { a: 'b' } }));
    expect(performance.now() - sent).toBeLessThan(250);
    expect(performance.now() - sent).toBeGreaterThanOrEqual(199);
    expect(frame).toMatchObject(expectedFrame(fallback));
    expect(messaging.reviewCounters()).toEqual({ invocationErrors: 1, responseValidationErrors: 0 });
  },
);

it.each<[string, number, number, string]>([
  ['in time', 10_000, 20, 'reviewed'],
  ['late', 20, 400, 'original'],
])('judges an answer that comes %s by the knob', async (_title, reviewTimeoutMs, afterMs, content) => {
  const handler = await startHandler((response) => {
    setTimeout(() => response.end('{"ReviewResult":"ALLOW","Content":"reviewed"}'), afterMs).unref();
  });
  const knobs: Partial<MessagingKnobs> = { reviewTimeoutMs };
  const { connect } = await startWorld({
    room: handler.room('ALLOW'),
    lambdaEndpoint: handler.endpoint,
    knobs,
  });
  const ann = await connect('ann');
  expect(await ann.ask(sendMessage('original'))).toMatchObject({ Content: content });
});

it('can answer a fallback DENY with another error', async () => {
  const handler = await startHandler(always('nonsense'));
  const knobs: Partial<MessagingKnobs> = { fallbackDenyError: 'internal' };
  const { connect } = await startWorld({
    room: handler.room('DENY'),
    lambdaEndpoint: handler.endpoint,
    knobs,
  });
  expect(await (await connect('ann')).ask(sendMessage('x'))).toMatchObject({ ErrorCode: 500 });
});

function expectedFrame(fallback: ReviewResult) {
  if (fallback === 'ALLOW') return { Type: 'MESSAGE', Content: 'original', Attributes: { a: 'b' } };
  return { Type: 'ERROR', ErrorCode: 406, ErrorMessage: 'The message was rejected during message review' };
}

/** The address of a port on which nobody listens any more. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
