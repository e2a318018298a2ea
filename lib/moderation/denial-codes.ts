/**
 * Every reason for which review denies a message, with the sentence that docs/review.md prints for it.
 * The set is closed: clients may switch over it. A code never names the word that was matched.
 */
export const DENIAL_CODES = Object.freeze({
  'blocked-term': 'The message or one of its attributes holds a term that the room blocks.',
  link: 'The message or one of its attributes holds a link that the room does not allow.',
  'too-long': "The message is longer than the room's maximumMessageLength.",
  empty: 'The message shows nothing: it is empty, blank or made of invisible characters.',
  attributes: 'The message carries an attribute that clients may not set, or more than 1 KB of them.',
  invalid: 'The request is not a review request of a chat room of this account and region.',
  unavailable: 'Review could not decide in time or at all. Sending again may succeed.',
} as const);

export type DenialCode = keyof typeof DENIAL_CODES;

/**
 * The text of `Attributes.Reason`, which IVS passes to the sender in the 406 error
 * (Amazon IVS Chat User Guide, "Chat message review handler").
 *
 * @returns `<code>` or `<code>;retry-after=<seconds>`, whole seconds, rounded up.
 */
export function formatReason(code: DenialCode, retryAfterSeconds?: number): string {
  return retryAfterSeconds === undefined ? code : `${code};retry-after=${Math.ceil(retryAfterSeconds)}`;
}
