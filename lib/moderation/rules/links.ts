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

const charsOf = (glyphs: readonly Glyph[], { first, last }: Range): string =>
  glyphs
    .slice(first, last + 1)
    .map(({ char }) => char)
    .join('')
    // Folding takes Korean syllables apart; top-level domains are registered whole.
    .normalize('NFC');

/** What follows "://" up to the path: the whole of it decides where a browser goes, user name and port included. */
function authorities(glyphs: readonly Glyph[]): Range[] {
  const ends = (glyph: Glyph) => glyph.kind === 'space' || '/?#\\'.includes(glyph.char);
  return glyphs.flatMap((_, at) => {
    if (charAt(glyphs, at) + charAt(glyphs, at + 1) + charAt(glyphs, at + 2) !== '://') return [];
    const first = at + 3;
    const length = glyphs.slice(first).findIndex(ends);
    const last = length < 0 ? glyphs.length - 1 : first + length - 1;
    return last < first ? [] : [{ first, last }];
  });
}

/** Splits at empty labels ("wait...what") and takes dots, hyphens and underscores off the ends. */
function candidates(glyphs: readonly Glyph[], { first, last }: Range): Range[] {
  const isDot = (index: number) => charAt(glyphs, index) === '.';
  const pieces = stretches(
    glyphs.slice(first, last + 1),
    (_, at) => !(isDot(first + at) && (isDot(first + at - 1) || isDot(first + at + 1))),
  );
  return pieces.flatMap((piece) => {
    let [start, end] = [first + piece.first, first + piece.last];
    while (start <= end && !isWordGlyph(glyphs[start])) start += 1;
    while (end >= start && !isWordGlyph(glyphs[end])) end -= 1;
    return start > end ? [] : [{ first: start, last: end }];
  });
}

/** Something after the name shows that it is meant as an address: a path, a port, a query. */
function hasTail(glyphs: readonly Glyph[], last: number): boolean {
  const [next, after] = [charAt(glyphs, last + 1), glyphs[last + 2]];
  if (next === '/') return true;
  if (next === ':') return after?.kind === 'digit';
  return (next === '?' || next === '#') && isWordGlyph(after);
}

/** Four numbers up to 255 and a tail: without a tail it is as likely a version. */
const DOTTED_IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

function isLinkHost(glyphs: readonly Glyph[], range: Range): boolean {
  const host = charsOf(glyphs, range);
  if (!host.includes('.')) return false;
  if (DOTTED_IPV4.test(host)) return hasTail(glyphs, range.last);
  const { isIcann, domain } = parse(host, { extractHostname: false });
  if (!isIcann || domain === null) return false;
  const labels = host.split('.');
  if (labels.length > 2 || !WORD_ENDINGS.has(labels.at(-1) ?? '')) return true;
  return charAt(glyphs, range.first - 1) === '@' || hasTail(glyphs, range.last);
}

/** Finds addresses: whatever follows "://", and dotted names under a registered top-level domain. */
function findLinks(text: string, glyphs: readonly Glyph[]): Link[] {
  const linkAt = ({ first, last }: Range): Link => {
    const [start, end] = [glyphs[first]?.start ?? 0, glyphs[last]?.end ?? 0];
    return { host: text.slice(start, end).toLowerCase(), start, end };
  };
  const addressed = authorities(glyphs);
  const isAddressed = ({ first }: Range) =>
    addressed.some((range) => range.first <= first && first <= range.last);
  const names = stretches(glyphs, isHostGlyph)
    .flatMap((range) => candidates(glyphs, range))
    .filter((range) => !isAddressed(range) && isLinkHost(glyphs, range));
  const addresses = addressed.map(linkAt).map((link) => ({ ...link, host: withoutPort(link.host) }));
  return [...addresses, ...names.map(linkAt)].sort((one, other) => one.start - other.start);
}

/** An authority with more in it than a host and a port ("user@", "[::1]", "%2e") equals no allowed domain. */
function withoutPort(authority: string): string {
  return /[@[%]/.test(authority) ? '' : authority.replace(/\.?(?::\d*)?$/, '');
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
