/**
 * The reasons that a whole room may be told: IVS Chat broadcasts what it is given, so nothing else is ever given to it.
 */
export const PUBLIC_REASONS = Object.freeze([
  'moderation',
  'spam',
  'harassment',
  'hate',
  'sexual-content',
  'violence',
  'personal-information',
  'impersonation',
  'off-topic',
] as const);

/** One of {@link PUBLIC_REASONS}. */
export type PublicReason = (typeof PUBLIC_REASONS)[number];

/** What a room is told when the moderator says nothing. */
export const DEFAULT_PUBLIC_REASON: PublicReason = 'moderation';
