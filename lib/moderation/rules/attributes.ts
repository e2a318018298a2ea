import type { Attributes } from '../decision.ts';
import type { ReviewPolicy } from '../policy.ts';
import { SERVER_ATTRIBUTE_KEYS } from '../policy.ts';

/** Amazon IVS Chat User Guide, review handler response: Attributes at most 1 KB; SendMessage: the same. */
export const MAXIMUM_ATTRIBUTES_BYTES = 1024;

const utf8 = new TextEncoder();

/** Bytes of keys and values in UTF-8. */
export function attributesBytes(attributes: Attributes): number {
  return Object.entries(attributes).reduce(
    (sum, [key, value]) => sum + utf8.encode(key).length + utf8.encode(value).length,
    0,
  );
}

/** Whether a message claims something that only the server may say. */
export function claimsServerKey(attributes: Attributes): boolean {
  return Object.keys(attributes).some((key) => SERVER_ATTRIBUTE_KEYS.includes(key));
}

/** Every key is on the policy's closed list, which cannot name a server's key, and the whole is small enough. */
export function attributesAreAllowed(
  policy: Pick<ReviewPolicy, 'messageAttributes'>,
  attributes: Attributes,
): boolean {
  const allKnown = Object.keys(attributes).every((key) => policy.messageAttributes.includes(key));
  return allKnown && attributesBytes(attributes) <= MAXIMUM_ATTRIBUTES_BYTES;
}
