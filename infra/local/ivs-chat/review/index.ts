import type { ChatErrorName } from '../messaging/chat-error.ts';
import type { Attributes } from '../messaging/frames.ts';
import type { MessagingKnobs } from '../messaging/knobs.ts';
import type { MessageReviewHandler, Room } from '../model.ts';
import { createInvoker } from './invoke.ts';
import { readReviewResponse } from './response.ts';

/** A message before review. */
export interface UnreviewedMessage {
  readonly id: string;
  readonly content: string;
  readonly attributes: Attributes | null;
  readonly sender: { readonly userId: string; readonly attributes: Attributes; readonly ip: string };
}

/** What becomes of a message. */
export type Verdict =
  | { readonly result: 'ALLOW'; readonly content: string; readonly attributes: Attributes | null }
  | { readonly result: 'DENY'; readonly error: ChatErrorName; readonly reason: string | undefined };

/** Counts as CloudWatch's metrics InvocationErrors and ResponseValidationErrors do. */
export interface ReviewCounters {
  readonly invocationErrors: number;
  readonly responseValidationErrors: number;
}

/** Asks the rooms' message review handlers. */
export interface Reviewer {
  /** Asks a room's handler once. The room's fallback decides when the handler fails. Never rejects. */
  review(room: Room, handler: MessageReviewHandler, message: UnreviewedMessage): Promise<Verdict>;
  counters(): ReviewCounters;
  /** Ends reviews under way. */
  close(): void;
}

/** What {@link createReviewer} needs. */
export interface ReviewerOptions {
  readonly lambdaEndpoint: () => string | null;
  readonly log: (line: string) => void;
  readonly knobs: MessagingKnobs;
}

/** Creates the reviewer of an account's rooms. */
export function createReviewer({ lambdaEndpoint, log, knobs }: ReviewerOptions): Reviewer {
  const invoker = createInvoker({ lambdaEndpoint, timeoutMs: knobs.reviewTimeoutMs });
  const counters = { invocationErrors: 0, responseValidationErrors: 0 };
  return {
    counters: () => ({ ...counters }),
    close: () => invoker.close(),
    async review(room, handler, message) {
      const invocation = await invoker.invoke(handler.uri, reviewPayload(room, message));
      if ('error' in invocation) {
        counters.invocationErrors += 1;
        log(`review of room ${room.id}: ${invocation.error}; fallback ${handler.fallbackResult}`);
        return fallBack(handler, message, knobs);
      }
      const { maximumMessageLength } = room;
      const response = readReviewResponse(invocation.body, { ...knobs, maximumMessageLength });
      if (!response) {
        counters.responseValidationErrors += 1;
        log(`review of room ${room.id}: invalid response; fallback ${handler.fallbackResult}`);
        return fallBack(handler, message, knobs);
      }
      if (response.result === 'DENY') return { ...response, error: 'rejected' };
      return { ...response, attributes: response.attributes ?? message.attributes };
    },
  };
}

/** The event that a review handler gets (IVS Chat user guide, chat-message-review-handler, "Request syntax"). */
function reviewPayload(room: Room, { id, content, attributes, sender }: UnreviewedMessage) {
  return {
    Content: content,
    MessageId: id,
    RoomArn: room.arn,
    Attributes: attributes,
    Sender: { Attributes: sender.attributes, UserId: sender.userId, Ip: sender.ip },
  };
}

function fallBack(
  { fallbackResult }: MessageReviewHandler,
  { content, attributes }: UnreviewedMessage,
  { fallbackDenyError }: MessagingKnobs,
): Verdict {
  if (fallbackResult === 'ALLOW') return { result: 'ALLOW', content, attributes };
  return { result: 'DENY', error: fallbackDenyError, reason: undefined };
}
