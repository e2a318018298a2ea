import { type Glyph, isWordGlyph } from './glyphs.ts';

/** How a text was disguised, as far as the reading that gave the hit can tell. */
export type Evasion = 'none' | 'folded' | 'repeats' | 'lookalike' | 'leet' | 'spelled' | 'glued' | 'masked';

/**
 * One way to read a whole text: words separated by single spaces, repeated letters collapsed.
 * Position k stands for the glyphs first[k] to last[k], which are runs[k] times the character chars[k].
 */
export interface Reading {
  readonly evasion: Evasion;
  /** Only terms that are whole words count: the words were joined by us, not by the writer. */
  readonly wholeWordsOnly: boolean;
  readonly chars: string[];
  readonly runs: number[];
  readonly first: number[];
  readonly last: number[];
}

/** A stretch of glyphs that an alternative reading spells differently. */
export interface Respelling {
  readonly first: number;
  readonly last: number;
  readonly letters: readonly { readonly char: string; readonly glyph: number }[];
}

function append(reading: Reading, char: string, glyph: number): void {
  const at = reading.chars.length - 1;
  if (reading.chars[at] === char) {
    reading.runs[at] = (reading.runs[at] ?? 0) + 1;
    reading.last[at] = glyph;
    return;
  }
  reading.chars.push(char);
  reading.runs.push(1);
  reading.first.push(glyph);
  reading.last.push(glyph);
}

/** "he'll" is one word and not "hell"; the s of "it's" stands apart, so that "cock's" is still found. */
function isApostropheInWord(glyphs: readonly Glyph[], index: number): boolean {
  if (glyphs[index]?.char !== "'" || !isWordGlyph(glyphs[index - 1]) || !isWordGlyph(glyphs[index + 1]))
    return false;
  return !(glyphs[index + 1]?.char === 's' && !isWordGlyph(glyphs[index + 2]));
}

function appendPlain(reading: Reading, glyphs: readonly Glyph[], index: number): void {
  const glyph = glyphs[index];
  if (!glyph) return;
  const isInWord = isWordGlyph(glyph) || isApostropheInWord(glyphs, index);
  if (!isInWord) append(reading, ' ', index);
  if (isInWord || glyph.kind === 'emoji') append(reading, glyph.char, index);
  if (glyph.kind === 'emoji') append(reading, ' ', index);
}

/**
 * Composes a reading of the whole text, so that phrases match across disguised and plain words.
 *
 * @param respellings in order, not overlapping; everything between them is read plainly.
 */
export function composeReading(
  glyphs: readonly Glyph[],
  kind: Pick<Reading, 'evasion' | 'wholeWordsOnly'>,
  respellings: readonly Respelling[],
): Reading {
  const reading: Reading = { ...kind, chars: [], runs: [], first: [], last: [] };
  let index = 0;
  for (const { first, last, letters } of respellings) {
    while (index < first) appendPlain(reading, glyphs, index++);
    append(reading, ' ', first);
    for (const { char, glyph } of letters) append(reading, char, glyph);
    append(reading, ' ', last);
    index = last + 1;
  }
  while (index < glyphs.length) appendPlain(reading, glyphs, index++);
  return reading;
}
