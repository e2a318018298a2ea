import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateChatTokenCommand, CreateRoomCommand, IvschatClient } from '@aws-sdk/client-ivschat';
import { ChatRoom, SendMessageRequest } from 'amazon-ivs-chat-messaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../infra/local/clock.ts';
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
const FAILURES = [...Object.keys(HANDLERS), 'is-missing'];
const FALLBACKS = ['ALLOW', 'DENY'] as const;

/** What the sender is promised: IVS waits 200 ms for the handler, and 50 ms are left for the way there and back. */
const ANSWER_WITHIN_MS = 250;

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
    onFunctionLog: () => {},
  });
  client = new IvschatClient({
    endpoint: ivsChat.endpoint,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  await ivsChat.close();
  await gateway?.close();
  await rm(folder, { recursive: true });
});

async function writeFailingFunctions(into: string): Promise<void> {
  for (const [name, source] of Object.entries(HANDLERS)) await writeFile(join(into, `${name}.mjs`), source);
  const functions = Object.keys(HANDLERS).map(
    (name) => `  ${name}: { handler: ${name}.handler, timeout: 1 }`,
  );
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

describe.each(FAILURES)('a review handler that %s', (handler) => {
  it.each(FALLBACKS)('leaves the decision to the fallback result %s, in time', async (fallback) => {
    const room = await connectTo(handler, fallback);
    // The bound is a promise to the sender, so it is asserted; a busy machine gets two more tries, each a new review.
    let sent = await send(room);
    for (let tries = 1; tries < 3 && sent.tookMs > ANSWER_WITHIN_MS; tries += 1) sent = await send(room);
    room.disconnect();

    expect(sent.answer).toBe(fallback === 'ALLOW' ? 'delivered: good evening' : 'refused: 406');
    expect(sent.tookMs).toBeLessThanOrEqual(ANSWER_WITHIN_MS);
  });
});
