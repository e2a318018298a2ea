import type { Attributes, Denied } from '../decision.ts';
import type { DenialCode } from '../denial-codes.ts';
import { type Glyph, readGlyphs } from '../normalise/glyphs.ts';
import type { ReviewPolicy } from '../policy.ts';
import { attributesAreAllowed } from './attributes.ts';

/** Counts code points up to one more than `limit`: a huge text is not walked to its end. */
function exceedsCodePoints(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let count = 0;
  for (const _ of text) {
    count += 1;
    if (count > limit) return true;
  }
  return false;
}

/**
 * Some characters fold into up to 18 (U+FDFA): a text of 500 of them would cost ten times what a text can cost otherwise.
 * Three per character is more than any language writes with.
 */
const MAXIMUM_GLYPHS_PER_CODE_POINT = 3;

/** Nothing to see: blank, or invisible characters only. */
const isBlank = (glyphs: readonly Glyph[]): boolean => glyphs.every(({ kind }) => kind === 'space');

interface Rule {
  readonly ruleId: string;
  readonly code: DenialCode;
}

const TOO_LONG: Rule = { ruleId: 'maximumMessageLength', code: 'too-long' };
const EMPTY: Rule = { ruleId: 'content', code: 'empty' };
const ATTRIBUTES: Rule = { ruleId: 'messageAttributes', code: 'attributes' };

/** In this order: a text that is too long is not read any further. No role is exempt from these. */
function brokenRule(policy: ReviewPolicy, content: string, attributes: Attributes): Rule | null {
  const { maximumMessageLength } = policy;
  if (exceedsCodePoints(content, maximumMessageLength)) return TOO_LONG;
  const glyphs = readGlyphs(content);
  if (glyphs.length > maximumMessageLength * MAXIMUM_GLYPHS_PER_CODE_POINT) return TOO_LONG;
  if (isBlank(glyphs)) return EMPTY;
  return attributesAreAllowed(policy, attributes) ? null : ATTRIBUTES;
}

/** @returns the denial by the first broken rule about the message as a whole, or `null`. */
export function wholeMessageDenial(
  policy: ReviewPolicy,
  content: string,
  attributes: Attributes,
): Denied | null {
  const broken = brokenRule(policy, content, attributes);
  return broken && { result: 'DENY', code: broken.code, ruleIds: [broken.ruleId], findings: [] };
}
