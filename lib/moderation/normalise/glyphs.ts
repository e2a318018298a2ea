import { LATIN_FORMS, LOOKALIKES } from './letters.ts';

/** letter = a to z after folding; foreign = any other letter, number or letter-like sign. */
export type GlyphKind = 'letter' | 'foreign' | 'digit' | 'symbol' | 'space' | 'emoji';

/** One visible character after folding, and the UTF-16 span of the original text that it came from. */
export interface Glyph {
  readonly char: string;
  readonly kind: GlyphKind;
  readonly start: number;
  /** Exclusive. Reaches over the marks and invisible characters that follow. */
  end: number;
}

const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Emoji_Modifier}]$/u;
/** The braille blank is drawn as nothing, whatever its category says. */
const SPACE = /^[\s\p{Cc}\p{Z}\u2800]$/u;
const MARK = /^\p{M}$/u;
const SCRIPTLESS_MARK = /^[\p{Script=Inherited}\p{Script=Common}]$/u;
const FOREIGN = /^[\p{L}\p{N}]$/u;
const EMOJI = /^\p{Extended_Pictographic}$/u;
/** The voicing marks of kana are part of the letter, unlike an accent. */
const KANA_VOICING = /^(?:\u3099|\u309a)$/u;

function kindOfAscii(char: string): GlyphKind {
  if (char >= 'a' && char <= 'z') return 'letter';
  if (char >= '0' && char <= '9') return 'digit';
  return char <= ' ' || char === '\x7f' ? 'space' : 'symbol';
}

function kindOf(char: string): GlyphKind {
  if (char < '\x80') return kindOfAscii(char);
  if (LOOKALIKES.has(char) || FOREIGN.test(char)) return 'foreign';
  if (SPACE.test(char)) return 'space';
  return EMOJI.test(char) ? 'emoji' : 'symbol';
}

/** A mark of a script is part of its words; an accent, or a mark of one script on letters of another, is decoration. */
function isDecoration(mark: string, before: Glyph | undefined): boolean {
  if (KANA_VOICING.test(mark)) return false;
  return before?.kind !== 'foreign' || SCRIPTLESS_MARK.test(mark);
}

/** NFKD, lower case, and the plain form of Latin letters that NFKD leaves alone. */
function fold(point: string): string {
  let folded = '';
  for (const char of point.normalize('NFKD').toLowerCase()) folded += LATIN_FORMS.get(char) ?? char;
  return folded;
}

function appendFolded(glyphs: Glyph[], point: string, start: number, end: number): void {
  const before = glyphs.at(-1);
  for (const char of fold(point)) {
    if (INVISIBLE.test(char) || (MARK.test(char) && isDecoration(char, glyphs.at(-1)))) continue;
    glyphs.push({ char, kind: MARK.test(char) ? 'foreign' : kindOf(char), start, end });
  }
  if (before && glyphs.at(-1) === before) before.end = end;
}

/**
 * Folds a text: compatibility forms, case, accents, invisible and bidirectional characters.
 * Order: first step of all; every reading and the link rule work on its result.
 */
export function readGlyphs(text: string): Glyph[] {
  const glyphs: Glyph[] = [];
  let start = 0;
  for (const point of text) {
    const end = start + point.length;
    if (point < '\x80') {
      const char = point.toLowerCase();
      glyphs.push({ char, kind: kindOfAscii(char), start, end });
    } else {
      appendFolded(glyphs, point, start, end);
    }
    start = end;
  }
  return glyphs;
}

/** Part of a word in the plain reading. */
export const isWordGlyph = (glyph: Glyph | undefined): boolean =>
  glyph?.kind === 'letter' || glyph?.kind === 'foreign' || glyph?.kind === 'digit';

/** First and last index, both inclusive. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** The longest stretches of glyphs that all satisfy a condition. */
export function stretches(
  glyphs: readonly Glyph[],
  belongs: (glyph: Glyph, index: number) => boolean,
): Range[] {
  const found: Range[] = [];
  let first = -1;
  for (let index = 0; index <= glyphs.length; index += 1) {
    const glyph = glyphs[index];
    const inside = glyph !== undefined && belongs(glyph, index);
    if (inside && first < 0) first = index;
    if (!inside && first >= 0) {
      found.push({ first, last: index - 1 });
      first = -1;
    }
  }
  return found;
}
