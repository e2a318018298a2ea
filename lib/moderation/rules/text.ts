import type { Finding } from '../decision.ts';
import { wholeWord } from '../mask.ts';
import type { Matcher } from '../match/matcher.ts';
import type { Glyph } from '../normalise/glyphs.ts';
import type { ReviewPolicy } from '../policy.ts';
import { forbiddenLinks } from './links.ts';

/** What the rules about words and links find in one text. */
export function textFindings(
  policy: Pick<ReviewPolicy, 'links'>,
  matcher: Matcher,
  text: string,
  glyphs: readonly Glyph[],
): Omit<Finding, 'attribute'>[] {
  const terms = matcher.find(text, glyphs).map(({ term, first, last, evasion }) => ({
    ruleId: term.ruleId,
    code: 'blocked-term' as const,
    action: term.action === 'mask' ? ('mask' as const) : ('deny' as const),
    ...wholeWord(glyphs, first, last),
    evasion,
  }));
  const links = forbiddenLinks(policy, text, glyphs).map(({ start, end }) => ({
    ruleId: 'links',
    code: 'link' as const,
    action: 'deny' as const,
    start,
    end,
    evasion: 'none' as const,
  }));
  return [...terms, ...links];
}
