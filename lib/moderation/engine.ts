import { compileTerms } from './compile-policy.ts';
import { type Attributes, type Decision, denialOf, type Finding, ruleIdsOf } from './decision.ts';
import type { DenialCode } from './denial-codes.ts';
import { maskSpans } from './mask.ts';
import type { Matcher } from './match/matcher.ts';
import { readGlyphs } from './normalise/glyphs.ts';
import type { ReviewPolicy } from './policy.ts';
import { textFindings } from './rules/text.ts';
import { wholeMessageDenial } from './rules/whole-message.ts';

export interface Message {
  readonly content: string;
  readonly attributes: Attributes;
  /** `role` from `Sender.Attributes`, which our server wrote into the token; `null` when there is none. */
  readonly sender: { readonly userId: string; readonly role: string | null };
}

export interface NameDecision {
  readonly allowed: boolean;
  /** Why not; `null` when allowed. */
  readonly code: DenialCode | null;
  readonly ruleIds: readonly string[];
}

/** Judges texts by one policy. Pure: the same input gives the same answer, and nothing throws. */
export interface Engine {
  review(message: Message): Decision;
  /** For names that stand beside messages: a name is never masked, only refused. */
  reviewName(text: string): NameDecision;
}

interface ReadText {
  readonly findings: readonly Finding[];
  /** The text with every term to be masked starred out. */
  readonly masked: string;
  /** Starring out one term has laid bare another that stood behind it: masking is not enough. */
  readonly isStillFlagged: boolean;
}

type Read = (text: string, attribute: string | null) => ReadText;

const readUnjudged: Read = (text) => ({ findings: [], masked: text, isStillFlagged: false });

function readerOf(policy: ReviewPolicy, matcher: Matcher): Read {
  return (text, attribute) => {
    const glyphs = readGlyphs(text);
    const findings = textFindings(policy, matcher, text, glyphs).map((finding) => ({
      ...finding,
      attribute,
    }));
    const masking = findings.filter(({ action }) => action === 'mask');
    if (masking.length === 0) return { findings, masked: text, isStillFlagged: false };
    const masked = maskSpans(text, glyphs, masking);
    const isStillFlagged = textFindings(policy, matcher, masked, readGlyphs(masked)).length > 0;
    return { findings, masked, isStillFlagged };
  };
}

function decide({ content, attributes }: Message, read: Read): Decision {
  const body = read(content, null);
  const values = Object.entries(attributes).map(([key, value]) => ({ key, ...read(value, key) }));
  const findings = [...body.findings, ...values.flatMap((value) => value.findings)];
  const denial = denialOf(findings);
  if (denial) return denial;
  if ([body, ...values].some(({ isStillFlagged }) => isStillFlagged)) {
    return { result: 'DENY', code: 'blocked-term', ruleIds: ruleIdsOf(findings), findings };
  }
  return {
    result: 'ALLOW',
    content: body.masked,
    attributes: Object.fromEntries(values.map(({ key, masked }) => [key, masked])),
    masked: findings,
  };
}

/**
 * Compiles a policy into an engine: normalise → match → rules → decision.
 * Compile once per policy and version, never per message.
 *
 * @throws PolicyError when an entry of the policy cannot be used.
 */
export function createEngine(policy: ReviewPolicy): Engine {
  const matcher = compileTerms(policy);
  const own = structuredClone(policy);
  const read = readerOf(own, matcher);
  return {
    review(message) {
      const { content, attributes, sender } = message;
      const isExempt = sender.role !== null && own.exemptRoles.includes(sender.role);
      return wholeMessageDenial(own, content, attributes) ?? decide(message, isExempt ? readUnjudged : read);
    },
    reviewName(text) {
      const denial = wholeMessageDenial(own, text, {});
      if (denial) return { allowed: false, code: denial.code, ruleIds: denial.ruleIds };
      const { findings } = read(text, null);
      return {
        allowed: findings.length === 0,
        code: findings[0]?.code ?? null,
        ruleIds: ruleIdsOf(findings),
      };
    },
  };
}
