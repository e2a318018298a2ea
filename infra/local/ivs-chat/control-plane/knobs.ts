import { EVENT_ATTRIBUTES_MAX_BYTES, ROOMS_PER_ACCOUNT_MAX } from './limits.ts';

/** What AWS does not document, or documents in two ways. PARITY.md lists each with its default. */
export interface ControlPlaneKnobs {
  /** Whether requests have to be signed by one of the accepted key pairs, or are taken from anybody. */
  readonly signatures: 'verify' | 'accept-any';
  /** Whether the requests of a second are held to the account's API call rates. */
  readonly enforceRates: boolean;
  /** How a rate is judged: at most n in any second, or a bucket of n that refills with n a second. */
  readonly throttle: 'sliding-window' | 'token-bucket';
  /** What the total size of an attribute map counts: bytes of its keys and values, or of its JSON text. */
  readonly attributesCountedAs: 'keys-and-values' | 'json';
  /** 4096 as the API reference says since November 2025, or 1024 as the service model says. */
  readonly sendEventAttributesMaxBytes: number;
  /** The error for a member of the wrong JSON type. */
  readonly typeMismatch: 'SerializationException' | 'ValidationException';
  /** The error for a room ARN of another account. */
  readonly foreignAccountRoom: 'AccessDeniedException' | 'ResourceNotFoundException';
  /** The error for a room ARN of another region. */
  readonly foreignRegionRoom: 'AccessDeniedException' | 'ResourceNotFoundException';
  /** Whether a review handler of another account or region is refused. */
  readonly foreignReviewHandler: 'refuse' | 'accept';
  /** The fallback after UpdateRoom gives a handler's uri without a fallbackResult. */
  readonly omittedFallbackOnUpdate: 'ALLOW' | 'unchanged';
  /** ARNs that count as logging configurations of the account; others do not exist. */
  readonly loggingConfigurations: readonly string[];
  /** Rooms that the account may have. */
  readonly roomQuota: number;
}

export const DEFAULT_CONTROL_PLANE_KNOBS: ControlPlaneKnobs = Object.freeze({
  signatures: 'verify',
  enforceRates: true,
  throttle: 'sliding-window',
  attributesCountedAs: 'keys-and-values',
  sendEventAttributesMaxBytes: EVENT_ATTRIBUTES_MAX_BYTES,
  typeMismatch: 'SerializationException',
  foreignAccountRoom: 'AccessDeniedException',
  foreignRegionRoom: 'ResourceNotFoundException',
  foreignReviewHandler: 'refuse',
  omittedFallbackOnUpdate: 'ALLOW',
  loggingConfigurations: [],
  roomQuota: ROOMS_PER_ACCOUNT_MAX,
});
