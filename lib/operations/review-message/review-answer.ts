import {
  type Attributes,
  attributesBytes,
  claimsServerKey,
  type Decision,
  type DenialCode,
  formatReason,
  MAXIMUM_ATTRIBUTES_BYTES,
  MAXIMUM_MESSAGE_CODE_POINTS,
} from '../../moderation/index.ts';
import type { ReviewRequest } from './review-event.ts';

/**
 * What IVS Chat expects back (User Guide, "Chat message review handler"): Content 1 to maximumMessageLength on ALLOW,
 * Attributes a map of strings of at most 1 KB. Without Attributes the message keeps its own.
 */
export interface ReviewAnswer {
  readonly ReviewResult: 'ALLOW' | 'DENY';
  readonly Content: string;
  readonly Attributes?: Attributes;
}

export function deny(content: string, code: DenialCode, retryAfterSeconds?: number): ReviewAnswer {
  return {
    ReviewResult: 'DENY',
    Content: content,
    Attributes: { Reason: formatReason(code, retryAfterSeconds) },
  };
}

export function answerFor(request: ReviewRequest, decision: Decision): ReviewAnswer {
  if (decision.result === 'DENY') return deny(request.content, decision.code, decision.retryAfterSeconds);
  const hasMaskedAttribute = decision.masked.some(({ attribute }) => attribute !== null);
  return {
    ReviewResult: 'ALLOW',
    Content: decision.content,
    ...(hasMaskedAttribute ? { Attributes: decision.attributes } : {}),
  };
}

/**
 * The answer when review itself failed. `allow` still delivers nothing that IVS would refuse, nor a message that claims
 * what only the server may say.
 */
export function answerWithoutReview(request: ReviewRequest, onFailure: 'deny' | 'allow'): ReviewAnswer {
  const { content, attributes } = request;
  const codePoints = content.length > 2 * MAXIMUM_MESSAGE_CODE_POINTS ? Infinity : [...content].length;
  const isDeliverable =
    codePoints >= 1 &&
    codePoints <= MAXIMUM_MESSAGE_CODE_POINTS &&
    !claimsServerKey(attributes) &&
    attributesBytes(attributes) <= MAXIMUM_ATTRIBUTES_BYTES;
  if (onFailure === 'allow' && isDeliverable) return { ReviewResult: 'ALLOW', Content: content };
  return deny(content, 'unavailable');
}
