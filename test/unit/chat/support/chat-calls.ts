import type { ChatService } from '../../../../lib/chat/index.ts';
import { createIvsChatClient, createIvsChatService } from '../../../../lib/chat/index.ts';
import { ProblemError } from '../../../../lib/errors/index.ts';
import type { OperationName } from '../../../support/fault-rows.ts';

export const REGION = 'eu-west-1';
export const ACCOUNT_ID = '123456789012';
/** Shortly before the times in which the good answers end. */
export const NOW_MS = Date.parse('2025-12-31T23:59:30Z');

export type Client = ReturnType<typeof createIvsChatClient>;

/** The product's own client, pointed at `origin` in the way that the local stack points it. */
export function createClient(origin: string): Client {
  process.env.AWS_ENDPOINT_URL_IVSCHAT = origin;
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
  return createIvsChatClient(REGION);
}

/** The adapter with a clock that stands still. Without `random` there is no pause between attempts. */
export function createChat(client: Client, random: () => number = () => 0): ChatService {
  return createIvsChatService({ client, region: REGION, accountId: ACCOUNT_ID, now: () => NOW_MS, random });
}

type Call = (chat: ChatService, roomId: string, signal: AbortSignal) => Promise<unknown>;

/** An ordinary call of every operation, by the name that IVS Chat gives it. */
export const CALLS: Readonly<Record<OperationName, Call>> = Object.freeze({
  CreateChatToken: (chat, roomId, signal) =>
    chat.createChatToken(
      { roomId, userId: 'user-1', capabilities: ['SEND_MESSAGE'], sessionMinutes: 60, attributes: {} },
      signal,
    ),
  DeleteMessage: (chat, roomId, signal) =>
    chat.deleteMessage({ roomId, messageId: 'MnOpQrStUvWx', reason: 'spam' }, signal),
  DisconnectUser: (chat, roomId, signal) =>
    chat.disconnectUser({ roomId, userId: 'user-2', reason: 'spam' }, signal),
  SendEvent: (chat, roomId, signal) =>
    chat.sendEvent({ roomId, eventName: 'poll', attributes: { question: 'tea?' } }, signal),
});

export const OPERATIONS = Object.keys(CALLS) as OperationName[];

/** Status of a good answer of the route that makes the call. */
const GOOD_STATUS: Readonly<Record<OperationName, number>> = Object.freeze({
  CreateChatToken: 201,
  DeleteMessage: 200,
  DisconnectUser: 200,
  SendEvent: 200,
});

/** How a call has ended, as its caller would learn it over HTTP. */
export interface Outcome {
  readonly status: number;
  readonly code: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** Everything that would be in the body. */
  readonly body: string;
}

/** @throws whatever the call has thrown besides problems. */
export async function outcomeOf(operation: OperationName, call: Promise<unknown>): Promise<Outcome> {
  try {
    const answer = await call;
    return {
      status: GOOD_STATUS[operation],
      code: undefined,
      retryAfterSeconds: undefined,
      body: JSON.stringify(answer ?? {}),
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { statusCode: status, code, retryAfterSeconds, message, detail, errors } = error;
    return { status, code, retryAfterSeconds, body: JSON.stringify({ code, message, detail, errors }) };
  }
}
