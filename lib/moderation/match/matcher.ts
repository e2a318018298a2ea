import type { Glyph } from '../normalise/glyphs.ts';
import type { Evasion, Reading } from '../normalise/reading.ts';
import { readingsOf } from '../normalise/readings.ts';
import { type Automaton, buildAutomaton } from './automaton.ts';
import { findMasked, indexMaskable, type MaskableTerms } from './masked.ts';
import { accentsOf, type Term } from './terms.ts';

/** A term found in a text: the glyphs that spell it, both ends inclusive. */
export interface Hit {
  readonly term: Term;
  readonly first: number;
  readonly last: number;
  readonly evasion: Evasion;
}

export interface Matcher {
  /** Hits of blocked terms, each term once at a place, without those inside an allowed term. */
  find(text: string, glyphs: readonly Glyph[]): Hit[];
}

function isWholeWord(reading: Reading, term: Term, first: number, last: number): boolean {
  const before = first === 0 || reading.chars[first - 1] === ' ';
  const after = last === reading.chars.length - 1 || reading.chars[last + 1] === ' ';
  if (reading.wholeWordsOnly) return before && after;
  return (before || !term.startsWord) && (after || !term.endsWord);
}

/** A letter may be written more often than in the term, never less often: "as" is not "ass". */
function hasLettersEnough(reading: Reading, term: Term, first: number): boolean {
  return term.runs.every((run, at) => term.chars[at] === ' ' || (reading.runs[first + at] ?? 0) >= run);
}

/** Whether the accents of the term occur in the text in the same order. */
function showsAccents(accents: string, text: string): boolean {
  let position = 0;
  for (const accent of accentsOf(text)) if (accent === accents[position]) position += 1;
  return position >= accents.length;
}

function evasionOf(reading: Reading, term: Term, first: number, written: string): Evasion {
  if (reading.evasion !== 'none') return reading.evasion;
  if (written.toLowerCase() === term.letters) return 'none';
  const isRepeated = term.runs.some(
    (run, at) => term.chars[at] !== ' ' && (reading.runs[first + at] ?? 0) > run,
  );
  return isRepeated ? 'repeats' : 'folded';
}

function hitsIn(reading: Reading, automaton: Automaton<Term>, text: string, glyphs: readonly Glyph[]): Hit[] {
  const hits: Hit[] = [];
  automaton.scan(reading.chars, (term, lastAt) => {
    const firstAt = lastAt - term.chars.length + 1;
    if (!isWholeWord(reading, term, firstAt, lastAt) || !hasLettersEnough(reading, term, firstAt)) return;
    const [first, last] = [reading.first[firstAt] ?? 0, reading.last[lastAt] ?? 0];
    const written = text.slice(glyphs[first]?.start, glyphs[last]?.end);
    if (!showsAccents(term.accents, written)) return;
    hits.push({ term, first, last, evasion: evasionOf(reading, term, firstAt, written) });
  });
  return hits;
}

/** An allowed term hides only the hits inside its own letters: "scunthorpe" does not excuse what follows it. */
function withoutAllowed(hits: readonly Hit[]): Hit[] {
  const allowed = hits.filter(({ term }) => term.action === 'allow');
  return hits.filter(
    (hit) =>
      hit.term.action !== 'allow' &&
      !allowed.some(({ first, last }) => first <= hit.first && hit.last <= last),
  );
}

function eachOnce(hits: readonly Hit[]): Hit[] {
  const seen = new Set<string>();
  return hits.filter(({ term, first, last }) => {
    const place = `${term.ruleId} ${first} ${last}`;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

/** Compiles terms once; finding cannot throw. */
export function buildMatcher(terms: readonly Term[]): Matcher {
  const automaton = buildAutomaton(terms);
  const maskable: MaskableTerms = indexMaskable(terms);
  return {
    find(text, glyphs) {
      const read = readingsOf(glyphs).flatMap((reading) =>
        withoutAllowed(hitsIn(reading, automaton, text, glyphs)),
      );
      return eachOnce([...read, ...findMasked(maskable, glyphs)]);
    },
  };
}
