/** The servers that a fault can be put in front of. */
export const FAULT_TARGETS = [
  'ivs-chat',
  'ivs-chat-messaging',
  'cognito',
  'dynamodb',
  'lambda',
  'gateway',
] as const;
export type FaultTarget = (typeof FAULT_TARGETS)[number];

/**
 * What happens to a matching request.
 *
 * - `status`: answered at once with this status, headers and body; the stand-in never sees it. A `body` that is a text is sent as
 *   it is, JSON or not; everything else as JSON. `{{NOW+900s}}` in a header's value becomes the date 900 seconds from now.
 * - `hang`: `before` nothing is ever answered and the stand-in never sees it; `headers` the stand-in works, its answer is
 *   held back; `body` head and half of the body are sent, the rest never comes.
 * - `reset`: the connection is reset, `before` or `after` the stand-in has done the work, or in the middle of its answer's `body`.
 * - `truncate`: the stand-in's answer is cut in half and the connection ends.
 * - `drip`: the head of the stand-in's answer is sent, then one byte of the body every `ms` milliseconds.
 * - `delay`: handed to the stand-in after `ms` milliseconds.
 *
 * An answer without a body is broken in the middle of its head, and its head drips.
 */
export type Fault =
  | {
      readonly mode: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  | { readonly mode: 'hang'; readonly when?: 'before' | 'headers' | 'body' }
  | { readonly mode: 'reset'; readonly when?: 'before' | 'after' | 'body' }
  | { readonly mode: 'truncate' }
  | { readonly mode: 'drip'; readonly ms: number }
  | { readonly mode: 'delay'; readonly ms: number };

/** Which requests to a target a fault applies to, and how often. */
export interface FaultRule {
  readonly target: FaultTarget;
  /** HTTP method; any when absent. */
  readonly method?: string;
  /** A part of the request's path or of its `x-amz-target`, for example `CreateChatToken`; any when absent. */
  readonly match?: string;
  /** How many requests it applies to; without it, until removed. Several rules one after the other make a sequence. */
  readonly times?: number;
  readonly fault: Fault;
}

/** One fault of each mode as it comes over the control port; "|" stands between values of which one is sent. */
export const FAULT_EXAMPLES: readonly string[] = [
  '{"mode":"status","status":503,"headers":{"retry-after":"5","date":"{{NOW+900s}}"},"body":{}}',
  '{"mode":"hang","when":"before|headers|body"}',
  '{"mode":"reset","when":"before|after|body"}',
  '{"mode":"truncate"}',
  '{"mode":"drip","ms":100}',
  '{"mode":"delay","ms":100}',
];
