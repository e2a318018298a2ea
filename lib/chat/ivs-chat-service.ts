import {
  CreateChatTokenCommand,
  DeleteMessageCommand,
  DisconnectUserCommand,
  IvschatClient,
  SendEventCommand,
} from '@aws-sdk/client-ivschat';
import { ProblemError } from '../errors/index.ts';
import { withAttempts } from './attempts.ts';
import type { ChatService, ChatToken } from './chat-service.ts';
import { type RoomLocation, roomArn } from './room-arn.ts';

/** What the adapter needs. */
export interface IvsChatServiceDeps extends RoomLocation {
  /** See {@link createIvsChatClient}. */
  readonly client: IvschatClient;
  /** @returns milliseconds since the epoch. */
  readonly now: () => number;
  /** @returns 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}

/** Creates the SDK client. Once per function instance: it keeps connections open. Attempts are counted in attempts.ts. */
export function createIvsChatClient(region: string): IvschatClient {
  return new IvschatClient({ region, maxAttempts: 1 });
}

/** IVS Chat behind the port. The only place that knows the SDK's types, and that builds ARNs. */
export function createIvsChatService({ client, now, random, ...location }: IvsChatServiceDeps): ChatService {
  const arnOf = (roomId: string) => roomArn(location, roomId);
  return {
    async createChatToken({ roomId, userId, capabilities, sessionMinutes, attributes }, signal) {
      const command = new CreateChatTokenCommand({
        roomIdentifier: arnOf(roomId),
        userId,
        capabilities: [...capabilities],
        sessionDurationInMinutes: sessionMinutes,
        attributes: { ...attributes },
      });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      return checkedToken(await withAttempts(send, signal, random), sessionMinutes, now());
    },

    async deleteMessage({ roomId, messageId, reason }, signal) {
      const command = new DeleteMessageCommand({ roomIdentifier: arnOf(roomId), id: messageId, reason });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      return { eventId: checkedId(await withAttempts(send, signal, random)) };
    },

    async disconnectUser({ roomId, userId, reason }, signal) {
      const command = new DisconnectUserCommand({ roomIdentifier: arnOf(roomId), userId, reason });
      await withAttempts((abortSignal) => client.send(command, { abortSignal }), signal, random);
    },

    async sendEvent({ roomId, eventName, attributes }, signal) {
      const command = new SendEventCommand({
        roomIdentifier: arnOf(roomId),
        eventName,
        attributes: { ...attributes },
      });
      const send = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      return { eventId: checkedId(await withAttempts(send, signal, random)) };
    },
  };
}

/** How far the service's clock may be ahead of ours. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** An answer with a good status may still hold nothing: no token must become a 201 without one. */
function checkedToken(answer: unknown, sessionMinutes: number, nowMs: number): ChatToken {
  const { token, tokenExpirationTime, sessionExpirationTime } = answer as Record<string, unknown>;
  if (typeof token !== 'string' || token === '') throw new ProblemError('upstream-invalid-answer');
  if (!isFuture(tokenExpirationTime, nowMs) || !isFuture(sessionExpirationTime, nowMs)) {
    throw new ProblemError('upstream-invalid-answer');
  }
  // Longer than was asked for: clients would wait for an end that does not come.
  if (sessionExpirationTime.getTime() > nowMs + sessionMinutes * 60_000 + CLOCK_SKEW_MS) {
    throw new ProblemError('upstream-invalid-answer');
  }
  return { token, tokenExpirationTime, sessionExpirationTime };
}

function isFuture(value: unknown, nowMs: number): value is Date {
  return value instanceof Date && value.getTime() > nowMs;
}

function checkedId(answer: unknown): string {
  const { id } = answer as Record<string, unknown>;
  if (typeof id !== 'string' || id === '') throw new ProblemError('upstream-invalid-answer');
  return id;
}
