import { readGlyphs } from '../normalise/glyphs.ts';
import { composeReading } from '../normalise/reading.ts';
import { MAXIMUM_TERM_CODE_POINTS, type TermAction } from '../policy.ts';
import type { PolicyProblem } from '../policy-error.ts';

/** A term after compiling: what the matcher compares, folded like every message. */
export interface Term {
  readonly ruleId: string;
  readonly action: TermAction | 'allow';
  /** Letters with repeats collapsed, and how often each was written. */
  readonly chars: readonly string[];
  readonly runs: readonly number[];
  /** The folded letters as written, for the comparison with masked words. */
  readonly letters: string;
  readonly startsWord: boolean;
  readonly endsWord: boolean;
  /** Accents of the entry. A text must show them too: a Turkish "göt" does not block "got". */
  readonly accents: string;
}

export type TermProblem = Pick<PolicyProblem, 'code' | 'reason'>;

/** A shorter wildcard would match in almost every message. */
const MINIMUM_WILDCARD_LETTERS = 2;

const PROBLEMS = {
  tooLong: { code: 'too-long', reason: `a term has at most ${MAXIMUM_TERM_CODE_POINTS} code points` },
  inside: { code: 'wildcard-inside', reason: 'a * may stand only at the start or the end of a term' },
  empty: { code: 'empty', reason: 'the term has no letter, digit or emoji to match' },
  broad: { code: 'too-broad', reason: `a term with a * needs at least ${MINIMUM_WILDCARD_LETTERS} letters` },
} as const satisfies Record<string, TermProblem>;

/** The accents of a text in their order, decomposed. Kana voicing marks and the like are letters, not accents. */
export function accentsOf(text: string): string {
  return [...text.normalize('NFD')].filter((char) => char >= '\u0300' && char <= '\u036f').join('');
}

/**
 * Reads one entry of a list of terms: `word`, `pre*`, `*suf`, `*any*` or a phrase of several words.
 *
 * @returns the term, or what is wrong with the entry.
 */
export function parseTerm(entry: string, rule: Pick<Term, 'ruleId' | 'action'>): Term | TermProblem {
  if ([...entry].length > MAXIMUM_TERM_CODE_POINTS) return PROBLEMS.tooLong;
  const trimmed = entry.trim();
  const endsWord = !trimmed.endsWith('*');
  const startsWord = !trimmed.startsWith('*');
  const literal = trimmed.slice(startsWord ? 0 : 1, endsWord ? undefined : -1);
  if (literal.includes('*')) return PROBLEMS.inside;

  const { chars, runs } = composeReading(readGlyphs(literal), { evasion: 'none', wholeWordsOnly: false }, []);
  const from = chars[0] === ' ' ? 1 : 0;
  const to = chars.at(-1) === ' ' ? chars.length - 1 : chars.length;
  if (from >= to) return PROBLEMS.empty;
  const term = { ...rule, chars: chars.slice(from, to), runs: runs.slice(from, to), startsWord, endsWord };
  const letters = term.chars
    .map((char, at) => (char === ' ' ? ' ' : char.repeat(term.runs[at] ?? 1)))
    .join('');
  if (!(startsWord && endsWord) && [...letters].length < MINIMUM_WILDCARD_LETTERS) return PROBLEMS.broad;
  return { ...term, letters, accents: accentsOf(literal) };
}

export const isTerm = (parsed: Term | TermProblem): parsed is Term => 'ruleId' in parsed;
