import { parse } from 'tldts';
import { WORD_ENDINGS } from '../lists/word-endings.ts';
import { type Glyph, isWordGlyph, type Range, stretches } from '../normalise/glyphs.ts';
import type { ReviewPolicy } from '../policy.ts';

/** The host of an address; its span in UTF-16 units of the original text. */
interface Link {
  /** As written, lower case: what the allow-list is compared with. A look-alike host is not the real one. */
  readonly host: string;
  readonly start: number;
  readonly end: number;
}

const isHostGlyph = (glyph: Glyph): boolean =>
  isWordGlyph(glyph) || glyph.char === '-' || glyph.char === '.' || glyph.char === '_';

const charAt = (glyphs: readonly Glyph[], index: number): string => glyphs[index]?.char ?? '';

function hasScheme(glyphs: readonly Glyph[], first: number): boolean {
  return [charAt(glyphs, first - 3), charAt(glyphs, first - 2), charAt(glyphs, first - 1)].join('') === '://';
}

function hasPort(glyphs: readonly Glyph[], last: number): boolean {
  return charAt(glyphs, last + 1) === ':' && glyphs[last + 2]?.kind === 'digit';
}

/** Splits at empty labels ("wait...what") and takes dots and hyphens off the ends. */
function candidates(glyphs: readonly Glyph[], { first, last }: Range): Range[] {
  const isDot = (index: number) => charAt(glyphs, index) === '.';
  const within = (index: number) => index >= first && index <= last;
  const isEmptyLabel = (index: number) =>
    isDot(index) && (isDot(index - 1) || isDot(index + 1) || !within(index - 1));
  return stretches(
    glyphs.slice(first, last + 1),
    (_, at) => !isEmptyLabel(first + at) && !(isDot(first + at) && first + at === last),
  ).map((range) => ({ first: first + range.first, last: first + range.last }));
}

function isLinkHost(glyphs: readonly Glyph[], { first, last }: Range): boolean {
  if (hasScheme(glyphs, first)) return true;
  const host = glyphs
    .slice(first, last + 1)
    .map(({ char }) => char)
    .join('');
  if (!host.includes('.')) return false;
  const { isIcann, domain } = parse(host, { extractHostname: false });
  if (!isIcann || domain === null) return false;
  const labels = host.split('.');
  if (labels.length > 2 || !WORD_ENDINGS.has(labels.at(-1) ?? '')) return true;
  return charAt(glyphs, first - 1) === '@' || charAt(glyphs, last + 1) === '/' || hasPort(glyphs, last);
}

/** Finds addresses: any host after "://", and dotted names under a registered top-level domain. */
function findLinks(text: string, glyphs: readonly Glyph[]): Link[] {
  return stretches(glyphs, isHostGlyph)
    .flatMap((range) => candidates(glyphs, range))
    .filter((range) => isLinkHost(glyphs, range))
    .map(({ first, last }) => {
      const [start, end] = [glyphs[first]?.start ?? 0, glyphs[last]?.end ?? 0];
      return { host: text.slice(start, end).toLowerCase(), start, end };
    });
}

function isAllowed(host: string, domains: readonly string[]): boolean {
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** Links that the policy does not let through. */
export function forbiddenLinks(
  policy: Pick<ReviewPolicy, 'links'>,
  text: string,
  glyphs: readonly Glyph[],
): Link[] {
  const { links } = policy;
  if (links === 'allow') return [];
  const found = findLinks(text, glyphs);
  return links === 'deny' ? found : found.filter(({ host }) => !isAllowed(host, links.allow));
}
