import type { Attributes } from '../messaging/frames.ts';
import type { MessagingKnobs } from '../messaging/knobs.ts';
import { REVIEW_ATTRIBUTES_BYTES } from '../messaging/limits.ts';
import { countCodePoints, isAttributes, isObject, measureAttributes } from '../messaging/measure.ts';

/** A valid answer of a review handler. */
export type ReviewResponse =
  | {
      readonly result: 'ALLOW';
      readonly content: string;
      /** Replace the message's attributes; `null` keeps them. */
      readonly attributes: Attributes | null;
    }
  | { readonly result: 'DENY'; readonly reason: string | undefined };

/** By what a response is judged. */
export interface ResponseRules {
  /** Code points, the room's setting. */
  readonly maximumMessageLength: number;
  readonly attributesCountedAs: MessagingKnobs['attributesCountedAs'];
  readonly denyRequiresContent: boolean;
}

/**
 * Reads a handler's answer (IVS Chat user guide, chat-message-review-handler, "Response syntax").
 *
 * @returns `null` when it is invalid in any way.
 */
export function readReviewResponse(body: string, rules: ResponseRules): ReviewResponse | null {
  const response = parseJson(body);
  if (!isObject(response)) return null;
  const attributes = response.Attributes ?? null;
  if (attributes !== null && !(isAttributes(attributes) && isSmall(attributes, rules))) return null;
  const { ReviewResult, Content } = response;
  if (ReviewResult === 'ALLOW') {
    return isContent(Content, rules) ? { result: 'ALLOW', content: Content, attributes } : null;
  }
  if (ReviewResult !== 'DENY') return null;
  if (typeof Content !== 'string' && (rules.denyRequiresContent || (Content ?? null) !== null)) return null;
  const reason = attributes && Object.hasOwn(attributes, 'Reason') ? attributes.Reason : undefined;
  return { result: 'DENY', reason: reason || undefined };
}

function isSmall(attributes: Attributes, { attributesCountedAs }: ResponseRules): boolean {
  return measureAttributes(attributes, attributesCountedAs) <= REVIEW_ATTRIBUTES_BYTES;
}

function isContent(content: unknown, { maximumMessageLength }: ResponseRules): content is string {
  return typeof content === 'string' && content !== '' && countCodePoints(content) <= maximumMessageLength;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
