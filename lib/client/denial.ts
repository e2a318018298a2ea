/** Why review denied a message. */
export interface Denial {
  /** One of the documented denial codes, such as `blocked-term`. */
  readonly code: string;
  /** How long to wait before sending again, in seconds: with slow mode, say. */
  readonly retryAfterSeconds?: number;
}

/** Rejected during message review (IVS Chat Messaging API reference, error messages). */
const REJECTED_BY_REVIEW = 406;

/** `<code>` or `<code>;retry-after=<s>`: the form of `Attributes.Reason` that the review handler answers with. */
const REASON = /^([a-z][a-z0-9_-]{0,63})(?:;retry-after=(\d{1,9}))?$/;

/**
 * Reads the reason of a denied message.
 *
 * @param error what `sendMessage` of the SDK rejected with: a plain object with `errorCode` and `errorMessage`.
 * @returns undefined for any other error, and for a 406 without a reason of ours: review was unavailable then.
 */
export function parseDenial(error: unknown): Denial | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { errorCode, errorMessage } = error as Readonly<Record<string, unknown>>;
  if (errorCode !== REJECTED_BY_REVIEW || typeof errorMessage !== 'string') return undefined;
  const [, code, seconds] = REASON.exec(errorMessage) ?? [];
  if (code === undefined) return undefined;
  return seconds === undefined ? { code } : { code, retryAfterSeconds: Number(seconds) };
}
