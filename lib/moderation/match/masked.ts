import { type Glyph, type Range, stretches } from '../normalise/glyphs.ts';
import { LEET, LETTER_MASKS } from '../normalise/letters.ts';
import { addressGlyphs, isLeetGlyph, seenAs } from '../normalise/readings.ts';
import type { Hit } from './matcher.ts';
import type { Term } from './terms.ts';

/** Words of fewer letters are too easy to guess wrongly. */
const MINIMUM_MASKED_LETTERS = 4;
/** Nobody masks letters in a longer word; bounds the work on hostile input. */
const MAXIMUM_MASKED_WORD_GLYPHS = 40;
const MASK = '*';

/** Terms that a masked word may stand for, by their first letter. */
export type MaskableTerms = ReadonlyMap<string, readonly Term[]>;

export function indexMaskable(terms: readonly Term[]): MaskableTerms {
  const byFirstLetter = new Map<string, Term[]>();
  for (const term of terms) {
    if (term.action === 'allow' || term.letters.length < MINIMUM_MASKED_LETTERS || term.letters.includes(' '))
      continue;
    const first = term.letters.charAt(0);
    byFirstLetter.set(first, [...(byFirstLetter.get(first) ?? []), term]);
  }
  return byFirstLetter;
}

const isMask = (glyph: Glyph): boolean => LETTER_MASKS.has(glyph.char);

/** Words with a mask inside; masks at the edges are emphasis or a list mark ("*hello*", "#tag"). */
function maskedWords(glyphs: readonly Glyph[]): Range[] {
  const inAddress = addressGlyphs(glyphs);
  return stretches(glyphs, (glyph, index) => (isLeetGlyph(glyph) || isMask(glyph)) && !inAddress.has(index))
    .map(({ first, last }) => {
      const word = glyphs.slice(first, last + 1);
      const start = word.findIndex((glyph) => !isMask(glyph));
      const end = word.findLastIndex((glyph) => !isMask(glyph));
      return { first: first + Math.max(start, 0), last: first + end };
    })
    .filter(({ first, last }) => {
      const length = last - first + 1;
      const isBounded = length >= MINIMUM_MASKED_LETTERS && length <= MAXIMUM_MASKED_WORD_GLYPHS;
      return isBounded && glyphs.slice(first, last + 1).some(isMask);
    });
}

/** First and last letter visible, at least half of all visible, at least one masked, none different. */
function standsFor(word: readonly string[], at: number, term: Term): boolean {
  const length = term.letters.length;
  if (word[at + length - 1] === MASK) return false;
  let masked = 0;
  for (let index = 0; index < length; index += 1) {
    const char = word[at + index];
    if (char === MASK) masked += 1;
    else if (char !== term.letters.charAt(index)) return false;
  }
  return masked > 0 && masked * 2 <= length;
}

/** Finds terms with letters replaced by a mask sign: one sign for each letter. */
export function findMasked(terms: MaskableTerms, glyphs: readonly Glyph[]): Hit[] {
  const hits: Hit[] = [];
  for (const { first, last } of maskedWords(glyphs)) {
    const word = glyphs
      .slice(first, last + 1)
      .map((glyph) => (isMask(glyph) ? MASK : (LEET.get(glyph.char) ?? seenAs(glyph))));
    for (const [at, char] of word.entries()) {
      for (const term of terms.get(char) ?? []) {
        const end = at + term.letters.length;
        if (end > word.length || (term.startsWord && at > 0) || (term.endsWord && end < word.length))
          continue;
        if (!standsFor(word, at, term)) continue;
        hits.push({ term, first: first + at, last: first + end - 1, evasion: 'masked' });
      }
    }
  }
  return hits;
}
