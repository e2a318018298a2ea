import { type Glyph, isWordGlyph, type Range, stretches } from './glyphs.ts';
import { LEET, LEET_EDGE_PUNCTUATION, LEET_L, LOOKALIKES } from './letters.ts';
import { composeReading, type Reading, type Respelling } from './reading.ts';
import { gluedWords, spelledWords } from './separated-letters.ts';

/** The Latin letter that a glyph shows, or its own character. */
export const seenAs = (glyph: Glyph): string => LOOKALIKES.get(glyph.char) ?? glyph.char;

function respell(
  glyphs: readonly Glyph[],
  { first, last }: Range,
  spell: (glyph: Glyph) => string,
): Respelling {
  const letters = glyphs
    .slice(first, last + 1)
    .map((glyph, at) => ({ char: spell(glyph), glyph: first + at }));
  return { first, last, letters };
}

/** Words that mix Latin letters with look-alikes of other scripts. A word of one script keeps its own reading only. */
function lookalikeWords(glyphs: readonly Glyph[]): Respelling[] {
  return stretches(glyphs, isWordGlyph)
    .filter(({ first, last }) => {
      const word = glyphs.slice(first, last + 1);
      return word.some(({ kind }) => kind === 'letter') && word.some(({ char }) => LOOKALIKES.has(char));
    })
    .map((range) => respell(glyphs, range, seenAs));
}

/** Part of a word that may hold digits and signs in the place of letters. */
export const isLeetGlyph = (glyph: Glyph): boolean =>
  isWordGlyph(glyph) || (glyph.kind === 'symbol' && LEET.has(glyph.char));

/** Longest word of digits in the place of letters that needs as many letters as digits ("A55" is a road). */
const SHORT_WORD_LETTERS = 3;

function isLeet(word: readonly Glyph[]): boolean {
  const letters = word.filter((glyph) => seenAs(glyph) >= 'a' && seenAs(glyph) <= 'z').length;
  const digits = word.filter(({ kind }) => kind === 'digit').length;
  const written = word.some(({ char }) => LEET.has(char));
  return written && letters > 0 && (word.length > SHORT_WORD_LETTERS || digits <= letters);
}

function trimPunctuation(glyphs: readonly Glyph[], { first, last }: Range): Range {
  let [from, to] = [first, last];
  while (from < to && LEET_EDGE_PUNCTUATION.has(glyphs[from]?.char ?? '')) from += 1;
  while (to > from && LEET_EDGE_PUNCTUATION.has(glyphs[to]?.char ?? '')) to -= 1;
  return { first: from, last: to };
}

/** Words that mix letters with digits or signs, never numbers alone and never inside an address. */
function leetWords(glyphs: readonly Glyph[]): Respelling[] {
  const inAddress = addressGlyphs(glyphs);
  return stretches(glyphs, (glyph, index) => isLeetGlyph(glyph) && !inAddress.has(index))
    .map((range) => trimPunctuation(glyphs, range))
    .filter(({ first, last }) => isLeet(glyphs.slice(first, last + 1)))
    .map((range) => respell(glyphs, range, (glyph) => LEET.get(glyph.char) ?? seenAs(glyph)));
}

function leetWordsWithL(glyphs: readonly Glyph[]): Respelling[] {
  const readsAsL = (glyph: number) => LEET_L.has(glyphs[glyph]?.char ?? '');
  return leetWords(glyphs)
    .filter(({ letters }) => letters.some(({ glyph }) => readsAsL(glyph)))
    .map((word) => ({
      ...word,
      letters: word.letters.map(({ char, glyph }) => ({ char: readsAsL(glyph) ? 'l' : char, glyph })),
    }));
}

/** Glyphs of chunks with "://": paths and ids are not words in disguise. */
export function addressGlyphs(glyphs: readonly Glyph[]): ReadonlySet<number> {
  const inside = new Set<number>();
  for (const { first, last } of stretches(glyphs, ({ kind }) => kind !== 'space')) {
    const chunk = glyphs.slice(first, last + 1);
    const isAddress = chunk.some(
      ({ char }, at) => char === ':' && chunk[at + 1]?.char === '/' && chunk[at + 2]?.char === '/',
    );
    if (isAddress) for (let index = first; index <= last; index += 1) inside.add(index);
  }
  return inside;
}

const ALTERNATIVES = [
  { evasion: 'lookalike', wholeWordsOnly: false, respellings: lookalikeWords },
  { evasion: 'leet', wholeWordsOnly: false, respellings: leetWords },
  { evasion: 'leet', wholeWordsOnly: false, respellings: leetWordsWithL },
  { evasion: 'spelled', wholeWordsOnly: false, respellings: spelledWords },
  { evasion: 'glued', wholeWordsOnly: true, respellings: gluedWords },
] as const;

/** The plain reading, and one more for each disguise that the text shows signs of. */
export function readingsOf(glyphs: readonly Glyph[]): Reading[] {
  const plain = composeReading(glyphs, { evasion: 'none', wholeWordsOnly: false }, []);
  const others = ALTERNATIVES.flatMap(({ evasion, wholeWordsOnly, respellings }) => {
    const words = respellings(glyphs);
    return words.length === 0 ? [] : [composeReading(glyphs, { evasion, wholeWordsOnly }, words)];
  });
  return [plain, ...others];
}
