import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateChatTokenCommand, CreateRoomCommand, IvschatClient } from '@aws-sdk/client-ivschat';
import { ChatRoom, SendMessageRequest } from 'amazon-ivs-chat-messaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../infra/local/clock.ts';
import { TEST_CREDENTIALS } from '../../infra/local/credentials.ts';
import { createFaultBoard } from '../../infra/local/faults/board.ts';
import { type Gateway, startGateway } from '../../infra/local/gateway/index.ts';
import { type IvsChat, startIvsChat } from '../../infra/local/ivs-chat/index.ts';

const REGION = 'eu-west-1';
const ACCOUNT = '123456789012';

/** Review handlers that fail, each in its way; the function is named after the file. */
const HANDLERS: Readonly<Record<string, string>> = {
  'never-answers': 'export const handler = () => new Promise(() => setInterval(() => {}, 1000));',
  'loops-for-ever': 'export const handler = async () => { while (true); };',
  throws: 'export const handler = async () => { throw new Error("no"); };',
  'throws-a-string': 'export const handler = async () => { throw "no"; };',
  'throws-at-import': 'throw new Error("no"); export const handler = async () => ({});',
  exits: 'export const handler = async () => process.exit(1);',
  'answers-late':
    'export const handler = ({ Content }) => new Promise((r) => setTimeout(r, 400, { ReviewResult: "ALLOW", Content }));',
  'answers-text': 'export const handler = async () => "ALLOW";',
  'answers-nothing': 'export const handler = async () => undefined;',
  'answers-maybe': 'export const handler = async ({ Content }) => ({ ReviewResult: "MAYBE", Content });',
  'answers-lower-case': 'export const handler = async ({ Content }) => ({ ReviewResult: "allow", Content });',
  'answers-empty-content': 'export const handler = async () => ({ ReviewResult: "ALLOW", Content: "" });',
  'answers-too-long':
    'export const handler = async () => ({ ReviewResult: "ALLOW", Content: "x".repeat(501) });',
  'answers-numbers':
    'export const handler = async ({ Content }) => ({ ReviewResult: "ALLOW", Content, Attributes: { a: 1 } });',
};
/** Handlers that answer in time, and wrongly: a failed validation. All others are failed invocations. */
const ANSWERS_WRONGLY = Object.keys(HANDLERS).filter((name) => /^answers-(?!late)/.test(name));
const FAILURES = [...Object.keys(HANDLERS), 'is-missing'];

/** The control: the same way with a handler that works. */
const WORKING = 'works';
const WORKING_SOURCE =
  'export const handler = async ({ Content }) => ({ ReviewResult: "ALLOW", Content: Content.toUpperCase() });';
const FALLBACKS = ['ALLOW', 'DENY'] as const;

/** What the sender is promised: IVS waits 200 ms for the handler, and 50 ms are left for the way there and back. */
const ANSWER_WITHIN_MS = 250;

const functionLogs = new Map<string, string[]>();
let folder: string;
let gateway: Gateway | undefined;
let ivsChat: IvsChat;
let client: IvschatClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roomkeeper-review-'));
  await writeFailingFunctions(folder);
  const shared = { clock: createClock(), faults: createFaultBoard(), log: () => {} };
  ivsChat = await startIvsChat({
    ...shared,
    credentials: [TEST_CREDENTIALS],
    dataDir: null,
    region: REGION,
    accountId: ACCOUNT,
    port: 0,
    messagingPort: 0,
    lambdaEndpoint: () => gateway?.lambdaEndpoint ?? null,
    knobs: { enforceRates: false },
  });
  gateway = await startGateway({
    ...shared,
    serverlessFile: join(folder, 'serverless.yml'),
    root: folder,
    stage: 'local',
    region: REGION,
    accountId: ACCOUNT,
    port: 0,
    lambdaPort: 0,
    parameters: {},
    references: {},
    environment: {},
    onFunctionLog: (name, line) => functionLogs.set(name, [...(functionLogs.get(name) ?? []), line]),
    // A cold start on a busy machine would be a time-out, whatever the handler does.
    warmInstances: Object.fromEntries([WORKING, ...ANSWERS_WRONGLY].map((name) => [name, 1])),
  });
  client = new IvschatClient({
    endpoint: ivsChat.endpoint,
    region: REGION,
    credentials: TEST_CREDENTIALS,
  });
});
afterAll(async () => {
  await ivsChat.close();
  await gateway?.close();
  await rm(folder, { recursive: true });
});

async function writeFailingFunctions(into: string): Promise<void> {
  const sources = { ...HANDLERS, [WORKING]: WORKING_SOURCE };
  for (const [name, source] of Object.entries(sources))
    await writeFile(join(into, `${name}.mjs`), `console.log('loaded');\n${source}`);
  const functions = Object.keys(sources).map((name) => `  ${name}: { handler: ${name}.handler, timeout: 1 }`);
  await writeFile(
    join(into, 'serverless.yml'),
    ['service: failing', 'provider: { name: aws, runtime: nodejs24.x }', 'functions:', ...functions].join(
      '\n',
    ),
  );
}

async function connectTo(handler: string, fallbackResult: (typeof FALLBACKS)[number]): Promise<ChatRoom> {
  const uri = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:failing-local-${handler}`;
  const { arn } = await client.send(new CreateRoomCommand({ messageReviewHandler: { uri, fallbackResult } }));
  const room = new ChatRoom({
    regionOrUrl: ivsChat.messagingUrl,
    tokenProvider: async () => {
      const { token } = await client.send(
        new CreateChatTokenCommand({ roomIdentifier: arn, userId: 'vi', capabilities: ['SEND_MESSAGE'] }),
      );
      return { token: token ?? '' };
    },
  });
  const connected = new Promise<void>((resolve) => room.addListener('connect', () => resolve()));
  room.connect();
  await connected;
  return room;
}

/** Sends one message. @returns what the sender was told, and after how many milliseconds. */
async function send(room: ChatRoom): Promise<{ answer: string; tookMs: number }> {
  const sentAt = performance.now();
  const answer = await room.sendMessage(new SendMessageRequest('good evening')).then(
    ({ content }) => `delivered: ${content}`,
    ({ errorCode }: { errorCode: number }) => `refused: ${errorCode}`,
  );
  return { answer, tookMs: performance.now() - sentAt };
}

it('a review handler that works decides itself', async () => {
  const room = await connectTo(WORKING, 'DENY');
  const before = ivsChat.reviewCounters();
  const sent = await send(room);
  room.disconnect();

  expect(sent.answer).toBe('delivered: GOOD EVENING');
  expect(ivsChat.reviewCounters()).toEqual(before);
});

describe.each(FAILURES)('a review handler that %s', (handler) => {
  it.each(FALLBACKS)('leaves the decision to the fallback result %s, in time', async (fallback) => {
    const room = await connectTo(handler, fallback);
    const before = ivsChat.reviewCounters();
    // The bound is a promise to the sender, so it is asserted; a busy machine gets two more tries, each a new review.
    let sent = await send(room);
    let reviews = 1;
    for (; reviews < 3 && sent.tookMs > ANSWER_WITHIN_MS; reviews += 1) sent = await send(room);
    room.disconnect();

    expect(sent.answer).toBe(fallback === 'ALLOW' ? 'delivered: good evening' : 'refused: 406');
    expect(sent.tookMs).toBeLessThanOrEqual(ANSWER_WITHIN_MS);
    expect(failuresSince(before)).toEqual(
      ANSWERS_WRONGLY.includes(handler)
        ? { invocationErrors: 0, responseValidationErrors: reviews }
        : { invocationErrors: reviews, responseValidationErrors: 0 },
    );
  });
});

describe('the failing handlers above', () => {
  // Only an invocation loads those that are not kept warm; of the warm ones the failed validations tell.
  it.each(Object.keys(HANDLERS))('%s was really loaded', async (handler) => {
    await expect.poll(() => functionLogs.get(handler) ?? [], { timeout: 5000 }).toContain('loaded');
  });
});

/** What the review handlers have got wrong since then: shows that the handler failed, and how, and not the way to it. */
function failuresSince(before: ReturnType<IvsChat['reviewCounters']>) {
  const now = ivsChat.reviewCounters();
  return {
    invocationErrors: now.invocationErrors - before.invocationErrors,
    responseValidationErrors: now.responseValidationErrors - before.responseValidationErrors,
  };
}
