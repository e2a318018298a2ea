/** Limits of IVS Chat (IVS Chat API reference and service quotas) and ours below them. */

/** CreateChatToken, `attributes`: "a maximum of 1 KB total". How it is counted is not documented: we count JSON text. */
export const TOKEN_ATTRIBUTES_MAX_BYTES = 1024;
/** SendEvent, `attributes`: 4 KB (4096 bytes) since November 2025, counted in the same way. The rest is for the attribute that we add. */
export const EVENT_ATTRIBUTES_MAX_BYTES = 4000;
/** SendEvent, `eventName`: 1 to 100. */
export const EVENT_NAME_MAX_LENGTH = 100;
/** Ours (CreateChatToken takes 1 to 180): a shorter session would only renew. */
export const SESSION_MINUTES_MIN = 5;
/** Ours: what fits beside a message. */
export const DISPLAY_NAME_MAX_CODE_POINTS = 40;
/** Ours, in UTF-16 code units as sent: room for a name of 40 in its longest spelling. NFKC can make 18 of one. */
export const UNVERIFIED_NAME_MAX_LENGTH = 256;
/** Ours: leaves half of the attributes to everything else. */
export const AVATAR_MAX_LENGTH = 512;

/** Time for one call of IVS Chat over all attempts, ... */
export const UPSTREAM_BUDGET_MS = 6000;
/** ... for one attempt, from connecting to the last byte of the answer, ... */
export const ATTEMPT_TIMEOUT_MS = 1500;
/** ... and how many attempts there are. */
export const MAX_ATTEMPTS = 3;
/** Kept back from the function's remaining time, to answer and log. */
export const FUNCTION_RESERVE_MS = 2000;

/** @returns the size of attributes in bytes of JSON text in UTF-8: never less than any way in which IVS may count. */
export function attributesBytes(attributes: Readonly<Record<string, string>>): number {
  return Buffer.byteLength(JSON.stringify(attributes));
}
