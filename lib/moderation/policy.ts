import { LISTS, type ListName } from './lists/index.ts';

export type { ListName } from './lists/index.ts';

/** `deny` refuses the message, `mask` delivers it with the term starred out. */
export type TermAction = 'deny' | 'mask';

export interface BlockedTerm {
  /** `word`, `pre*`, `*suf`, `*any*` or a phrase of several words. */
  readonly term: string;
  readonly action: TermAction;
}

/** What one room lets through. Plain data: `createEngine` checks and compiles it. */
export interface ReviewPolicy {
  /** Code points, 1 to 500 (IVS Chat API reference, CreateRoom, maximumMessageLength). */
  readonly maximumMessageLength: number;
  /** Shipped lists that apply besides the room's own terms. */
  readonly lists: readonly ListName[];
  readonly blockedTerms: readonly BlockedTerm[];
  /** Same syntax. An allowed term hides only the hits inside its own letters. */
  readonly allowedTerms: readonly string[];
  /** With a list of domains, those and their subdomains pass. */
  readonly links: 'allow' | 'deny' | { readonly allow: readonly string[] };
  /** Keys that clients may set on a message. Their values are reviewed as the message is. */
  readonly messageAttributes: readonly string[];
  /** Values of `Sender.Attributes.role`, written by our server, whose terms and links are not judged. */
  readonly exemptRoles: readonly string[];
}

/** The longest message that IVS Chat delivers (CreateRoom, maximumMessageLength: 1..500). */
export const MAXIMUM_MESSAGE_CODE_POINTS = 500;
export const MAXIMUM_TERM_CODE_POINTS = 60;
export const MAXIMUM_TERMS = 10_000;
export const MAXIMUM_LINK_DOMAINS = 1_000;
/** Each key costs at least its name of the 1 KB that a message's attributes may have. */
export const MAXIMUM_ATTRIBUTE_KEYS = 50;
export const MAXIMUM_EXEMPT_ROLES = 10;

/** Who wrote a message and what they are is the server's to say: no policy can open these keys to clients. */
export const SERVER_ATTRIBUTE_KEYS: readonly string[] = Object.freeze(['role', 'displayName', 'badge']);

export const LIST_NAMES = Object.freeze(Object.keys(LISTS)) as readonly ListName[];

export const DEFAULT_POLICY: ReviewPolicy = Object.freeze({
  maximumMessageLength: MAXIMUM_MESSAGE_CODE_POINTS,
  lists: Object.freeze(['en'] as const),
  blockedTerms: Object.freeze([]),
  allowedTerms: Object.freeze([]),
  links: 'deny',
  messageAttributes: Object.freeze([]),
  exemptRoles: Object.freeze([]),
});
