import { type Glyph, isWordGlyph } from './normalise/glyphs.ts';

const MASK = '*';

/** Glyph indexes, both inclusive, extended to the whole word that they touch. */
export function wholeWord(
  glyphs: readonly Glyph[],
  first: number,
  last: number,
): { start: number; end: number } {
  let [from, to] = [first, last];
  while (isWordGlyph(glyphs[from]) && isWordGlyph(glyphs[from - 1])) from -= 1;
  while (isWordGlyph(glyphs[to]) && isWordGlyph(glyphs[to + 1])) to += 1;
  return { start: glyphs[from]?.start ?? 0, end: glyphs[to]?.end ?? 0 };
}

/**
 * Replaces every visible character inside the spans by one `*`; spaces stay, marks and invisible characters go.
 * Never longer than the text in code points, so that a masked message still fits the room's limit.
 */
export function maskSpans(
  text: string,
  glyphs: readonly Glyph[],
  spans: readonly { readonly start: number; readonly end: number }[],
): string {
  let masked = '';
  let position = 0;
  for (const { char, kind, start, end } of glyphs) {
    if (start < position || !spans.some((span) => span.start <= start && end <= span.end)) continue;
    masked += text.slice(position, start) + (kind === 'space' ? char : MASK);
    position = end;
  }
  return masked + text.slice(position);
}
