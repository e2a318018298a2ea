import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import type { ReviewResult, Room } from '../../../../infra/local/ivs-chat/model.ts';
import { listen } from '../../../../infra/local/listen.ts';

export const HANDLER_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:roomkeeper-local-review:live';

/** What a review handler was sent. */
export interface Invocation {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly payload: Record<string, unknown>;
}

/** A Lambda Invoke endpoint with one function. */
export interface Handler {
  readonly endpoint: string;
  readonly invocations: readonly Invocation[];
  /** How many TCP connections were made to it. */
  connections(): number;
  /** The settings of a room that this function reviews. */
  room(fallbackResult: ReviewResult): Pick<Room, 'messageReviewHandler'>;
}

export type Answer = (
  response: ServerResponse,
  payload: Record<string, unknown>,
  request: IncomingMessage,
) => unknown;

/** Starts the endpoint; it ends with the test. */
export async function startHandler(answer: Answer): Promise<Handler> {
  const invocations: Invocation[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const payload = JSON.parse(text);
    invocations.push({ method: request.method, path: request.url, payload });
    await answer(response, payload, request);
  });
  server.on('connection', () => (connections += 1));
  const listening = await listen(server, 0);
  onTestFinished(() => listening.close());
  return {
    endpoint: listening.origin,
    invocations,
    connections: () => connections,
    room: (fallbackResult) => ({ messageReviewHandler: { uri: HANDLER_ARN, fallbackResult } }),
  };
}

/** Answers every message with the same review. */
export function always(review: unknown): Answer {
  return (response) => response.end(typeof review === 'string' ? review : JSON.stringify(review));
}
