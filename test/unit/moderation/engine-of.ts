import {
  createEngine,
  DEFAULT_POLICY,
  type Decision,
  type Finding,
  type ReviewPolicy,
} from '../../../lib/moderation/index.ts';

/** A policy without the shipped list, so that each test names all that matters to it. */
export const policyWith = (fields: Partial<ReviewPolicy> = {}): ReviewPolicy => ({
  ...DEFAULT_POLICY,
  lists: [],
  links: 'allow',
  ...fields,
});

/** Decides about a content under a policy; the sender has no role and the message no attributes. */
export function reviewContent(content: string, fields: Partial<ReviewPolicy> = {}): Decision {
  return createEngine(policyWith(fields)).review({
    content,
    attributes: {},
    sender: { userId: 'viewer', role: null },
  });
}

export const findingsOf = (decision: Decision): readonly Finding[] =>
  decision.result === 'DENY' ? decision.findings : decision.masked;

/** Whether the one term is found in the content. */
export function isBlocked(content: string, ...terms: string[]): boolean {
  const blockedTerms = terms.map((term) => ({ term, action: 'deny' as const }));
  return reviewContent(content, { blockedTerms }).result === 'DENY';
}
