import { type Glyph, isWordGlyph, type Range, stretches } from './glyphs.ts';
import { LEET, LOOKALIKES } from './letters.ts';
import type { Respelling } from './reading.ts';

/** "i a" is not a spelled word, "a s s" is. */
const MINIMUM_SPELLED_LETTERS = 3;
/** Spaces and signs that may stand between two letters of one spelled word. */
const MAXIMUM_GAP_GLYPHS = 4;
/** Longer joined words hold no term worth joining for. */
const MAXIMUM_GLUED_LETTERS = 30;

const lengthOf = ({ first, last }: Range): number => last - first + 1;

function join(glyphs: readonly Glyph[], pieces: readonly Range[]): Respelling[] {
  const [start, end] = [pieces[0], pieces.at(-1)];
  if (!start || !end) return [];
  const letters = pieces.flatMap(({ first, last }) =>
    glyphs.slice(first, last + 1).map(({ char }, at) => ({
      char: LOOKALIKES.get(char) ?? LEET.get(char) ?? char,
      glyph: first + at,
    })),
  );
  return [{ first: start.first, last: end.last, letters }];
}

/** Splits pieces into groups of neighbours. */
function group(pieces: readonly Range[], belongTogether: (left: Range, right: Range) => boolean): Range[][] {
  const groups: Range[][] = [];
  for (const piece of pieces) {
    const current = groups.at(-1);
    const left = current?.at(-1);
    if (current && left && belongTogether(left, piece)) current.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

/** Letters that stand alone, three or more in a row, read as one word: "f u n", "f.u.n". */
export function spelledWords(glyphs: readonly Glyph[]): Respelling[] {
  const isNear = (left: Range, right: Range) =>
    lengthOf(left) === 1 && lengthOf(right) === 1 && right.first - left.last - 1 <= MAXIMUM_GAP_GLYPHS;
  return group(stretches(glyphs, isWordGlyph), isNear)
    .filter((pieces) => {
      const digits = pieces.filter(({ first }) => glyphs[first]?.kind === 'digit').length;
      return pieces.length >= MINIMUM_SPELLED_LETTERS && digits * 2 <= pieces.length;
    })
    .flatMap((pieces) => join(glyphs, pieces));
}

/**
 * Pieces held together by one sign each read as one word: "fu.n", "f_un".
 * Warning: "side.going" is two words, so the matcher takes only terms that are the whole joined word.
 */
export function gluedWords(glyphs: readonly Glyph[]): Respelling[] {
  const isGlued = (left: Range, right: Range) =>
    right.first - left.last === 2 &&
    glyphs[left.last + 1]?.kind !== 'space' &&
    glyphs[left.last + 1]?.char !== "'";
  return group(stretches(glyphs, isWordGlyph), isGlued)
    .filter((pieces) => {
      const letters = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
      const isNumeric = pieces.some(({ first, last }) =>
        glyphs.slice(first, last + 1).some(({ kind }) => kind === 'digit'),
      );
      return pieces.length > 1 && letters <= MAXIMUM_GLUED_LETTERS && !isNumeric;
    })
    .flatMap((pieces) => join(glyphs, pieces));
}
