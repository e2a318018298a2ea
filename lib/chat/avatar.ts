import { ProblemError } from '../errors/index.ts';
import { holdsEmailAddress } from './email-address.ts';
import { AVATAR_MAX_LENGTH } from './limits.ts';

/** The avatars that a deployment shows. */
export interface AvatarPolicy {
  readonly ids: readonly string[];
  /** Host names in lower case; a host covers itself only, not what is below it. */
  readonly hosts: readonly string[];
}

/**
 * Checks an avatar: one of the configured ids, or an https URL on one of the configured hosts.
 *
 * @param unverifiedAvatar as the client sent it.
 * @returns the id, or the URL as a browser would read it.
 * @throws ProblemError `invalid-body`
 */
export function acceptAvatar(unverifiedAvatar: string, { ids, hosts }: AvatarPolicy): string {
  if (ids.includes(unverifiedAvatar)) return unverifiedAvatar;
  const url = URL.parse(unverifiedAvatar);
  if (!url || url.href.length > AVATAR_MAX_LENGTH) throw invalid();
  // `host` has the port, which the default port leaves out: any other one matches no configured host.
  if (url.protocol !== 'https:' || !hosts.includes(url.host)) throw invalid();
  if (url.username !== '' || url.password !== '' || holdsEmailAddress(readable(url))) throw invalid();
  return url.href;
}

/** @throws ProblemError also for an encoded `%`: behind a second layer of encoding anything could hide. */
function readable({ href }: URL): string {
  if (href.includes('%25')) throw invalid();
  try {
    return decodeURIComponent(href).normalize('NFKC');
  } catch {
    throw invalid();
  }
}

function invalid(): ProblemError {
  const detail = 'expected an avatar id or an https URL on a host that this deployment accepts';
  return new ProblemError('invalid-body', { errors: [{ pointer: '/avatar', detail }] });
}
