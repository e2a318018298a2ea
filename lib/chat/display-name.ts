import { createHash } from 'node:crypto';
import { ProblemError } from '../errors/index.ts';
import { holdsEmailAddress } from './email-address.ts';
import { DISPLAY_NAME_MAX_CODE_POINTS, UNVERIFIED_NAME_MAX_LENGTH } from './limits.ts';

/**
 * Characters that change how others are shown or are not shown themselves: controls, bidirectional and other format
 * characters, line and paragraph separators, private use, lone surrogates. The joiners stay: emoji and Persian need them.
 */
const FORBIDDEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

/** At least one character that is seen: U+2800 is a braille pattern without dots. */
const VISIBLE = /[[\p{L}\p{N}\p{P}\p{S}]--[\p{Default_Ignorable_Code_Point}\u2800]]/v;

const DEFAULT_NAME_HASH_CHARACTERS = 6;

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
  if (holdsEmailAddress(name) || !review(name)) throw new ProblemError('display-name-refused');
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
