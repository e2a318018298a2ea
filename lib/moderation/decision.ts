import type { DenialCode } from './denial-codes.ts';
import type { Evasion } from './normalise/reading.ts';
import type { TermAction } from './policy.ts';

/** Message attributes as IVS passes them: strings only. */
export type Attributes = Readonly<Record<string, string>>;

/** Why a text is not as it should be. For moderators' tools: only `ruleId` may be logged. */
export interface Finding {
  /** `list.<language>.<line>`, `blockedTerms.<position>` or the name of the policy's field. */
  readonly ruleId: string;
  readonly code: Extract<DenialCode, 'blocked-term' | 'link'>;
  readonly action: TermAction;
  /** `null` = the content, otherwise the key of the message attribute. */
  readonly attribute: string | null;
  /** UTF-16 span of the original text, end exclusive; for terms extended to the whole word. */
  readonly start: number;
  readonly end: number;
  readonly evasion: Evasion;
}

export interface Allowed {
  readonly result: 'ALLOW';
  readonly content: string;
  readonly attributes: Attributes;
  /** What was starred out of content and attributes; empty = both are as they came. */
  readonly masked: readonly Finding[];
}

export interface Denied {
  readonly result: 'DENY';
  readonly code: DenialCode;
  readonly retryAfterSeconds?: number;
  readonly ruleIds: readonly string[];
  readonly findings: readonly Finding[];
}

export type Decision = Allowed | Denied;

/** Each rule once, in the order found. */
export function ruleIdsOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ ruleId }) => ruleId))];
}

/** The sender is told the first of these that applies; rules about the message as a whole come before them. */
const PRECEDENCE: readonly Finding['code'][] = ['blocked-term', 'link'];

/** @returns the denial, or `null` when every finding can be masked. */
export function denialOf(findings: readonly Finding[]): Denied | null {
  const denying = findings.filter(({ action }) => action === 'deny');
  const code = PRECEDENCE.find((candidate) => denying.some((finding) => finding.code === candidate));
  if (!code) return null;
  return { result: 'DENY', code, ruleIds: ruleIdsOf(denying), findings: denying };
}
