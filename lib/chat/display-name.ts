import { createHash } from 'node:crypto';
import { ProblemError } from '../errors/index.ts';
import { holdsEmailAddress } from './email-address.ts';
import { DISPLAY_NAME_MAX_CODE_POINTS, UNVERIFIED_NAME_MAX_LENGTH } from './limits.ts';

/**
 * Characters that change how others are shown or are not shown themselves: controls, bidirectional and other format
 * characters, fillers, line and paragraph separators, private use, lone surrogates. With them "mo" can be written in many ways
 * that look the same. Joiners stay between what they join, since emoji and Persian need them, and so does the emoji form.
 */
const FORBIDDEN =
  /[[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]--[\u200c\u200d\ufe0f]]|^[\u200c\u200d\ufe0f]|[\u200c\u200d]{2}|[\u200c\u200d]$/v;

/** At least one character that is seen: U+2800 is a braille pattern without dots. */
const VISIBLE = /[[\p{L}\p{N}\p{P}\p{S}]--[\p{Default_Ignorable_Code_Point}\u2800]]/v;

const DEFAULT_NAME_HASH_CHARACTERS = 6;
/** Names of this form are given, not chosen: nobody borrows somebody else's. */
const DEFAULT_NAME = /^user-[0-9a-f]{6}$/i;

/** Reviews a name as a message is reviewed. @returns whether it may be shown. */
export type ReviewDisplayName = (name: string) => boolean;

/**
 * Makes the name that a room sees of the one that a client proposes.
 *
 * @param unverifiedName as the client sent it.
 * @returns the name in NFKC, without blanks around it.
 * @throws ProblemError `invalid-body` for its form, `display-name-refused` for what it says.
 */
export function acceptDisplayName(unverifiedName: string, review: ReviewDisplayName): string {
  if (unverifiedName.length > UNVERIFIED_NAME_MAX_LENGTH) throw invalid();
  const name = unverifiedName.normalize('NFKC').trim();
  if ([...name].length > DISPLAY_NAME_MAX_CODE_POINTS || !VISIBLE.test(name)) throw invalid();
  if (FORBIDDEN.test(name)) throw invalid();
  if (DEFAULT_NAME.test(name) || holdsEmailAddress(name) || !review(name))
    throw new ProblemError('display-name-refused');
  return name;
}

/** @returns the name of somebody who chose none: the same in every room, and not the user id. */
export function defaultDisplayName(userId: string): string {
  const hash = createHash('sha256').update(userId).digest('hex');
  return `user-${hash.slice(0, DEFAULT_NAME_HASH_CHARACTERS)}`;
}

function invalid(): ProblemError {
  const detail = `expected 1 to ${DISPLAY_NAME_MAX_CODE_POINTS} characters that can be seen, without control characters`;
  return new ProblemError('invalid-body', { errors: [{ pointer: '/displayName', detail }] });
}
