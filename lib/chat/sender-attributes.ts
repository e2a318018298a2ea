import { ProblemError } from '../errors/index.ts';
import { type AvatarPolicy, acceptAvatar } from './avatar.ts';
import type { ChatAttributes } from './chat-service.ts';
import { acceptDisplayName, defaultDisplayName, type ReviewDisplayName } from './display-name.ts';
import { attributesBytes, TOKEN_ATTRIBUTES_MAX_BYTES } from './limits.ts';

/** What a client may propose about itself. The only keys that a client can set. */
export interface UnverifiedProfile {
  readonly displayName?: string | undefined;
  readonly avatar?: string | undefined;
  /** `#rrggbb`; its form is checked where the body is read. */
  readonly color?: string | undefined;
}

/** What decides about a profile. */
export interface ProfilePolicy {
  readonly avatars: AvatarPolicy;
  readonly reviewDisplayName: ReviewDisplayName;
}

/** Who a profile is for: from the verified token and the store only. */
export interface ProfileOwner {
  readonly userId: string;
  readonly role: string;
}

/**
 * Makes the attributes that the room sees beside everything that somebody says. `role` comes last and from us: nothing
 * that a client proposes can stand in its place.
 *
 * @throws ProblemError `invalid-body`, `display-name-refused`
 */
export function senderAttributes(
  owner: ProfileOwner,
  { displayName, avatar, color }: UnverifiedProfile,
  { avatars, reviewDisplayName }: ProfilePolicy,
): ChatAttributes {
  const attributes = {
    displayName:
      displayName === undefined
        ? defaultDisplayName(owner.userId)
        : acceptDisplayName(displayName, reviewDisplayName),
    ...(avatar !== undefined && { avatar: acceptAvatar(avatar, avatars) }),
    ...(color !== undefined && { color }),
    role: owner.role,
  };
  if (attributesBytes(attributes) > TOKEN_ATTRIBUTES_MAX_BYTES) {
    const detail = `expected no more than ${TOKEN_ATTRIBUTES_MAX_BYTES} bytes in all`;
    throw new ProblemError('invalid-body', { errors: [{ pointer: '', detail }] });
  }
  return attributes;
}
