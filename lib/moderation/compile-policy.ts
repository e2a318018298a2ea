import { readList } from './lists/index.ts';
import { buildMatcher, type Matcher } from './match/matcher.ts';
import { isTerm, parseTerm, type Term } from './match/terms.ts';
import type { ReviewPolicy } from './policy.ts';
import { shapeProblems } from './policy-check.ts';
import { PolicyError, type PolicyProblem } from './policy-error.ts';

interface Entry {
  readonly term: string;
  readonly action: Term['action'];
  readonly ruleId: string;
  readonly field: string;
  readonly position: number;
}

function entriesOf(policy: ReviewPolicy): Entry[] {
  const shipped = policy.lists.flatMap((name) =>
    readList(name).map(({ kind, term, ruleId }, position) => ({
      term,
      action: kind,
      ruleId,
      field: 'lists',
      position,
    })),
  );
  const blocked = policy.blockedTerms.map(({ term, action }, position) => {
    return { term, action, ruleId: `blockedTerms.${position}`, field: 'blockedTerms', position };
  });
  const allowed = policy.allowedTerms.map((term, position) => {
    return {
      term,
      action: 'allow' as const,
      ruleId: `allowedTerms.${position}`,
      field: 'allowedTerms',
      position,
    };
  });
  return [...shipped, ...blocked, ...allowed];
}

/**
 * Compiles the terms of a policy. A policy without terms matches nothing.
 *
 * @throws PolicyError with every problem of the policy.
 */
export function compileTerms(policy: ReviewPolicy): Matcher {
  const problems: PolicyProblem[] = shapeProblems(policy);
  if (problems.length > 0) throw new PolicyError(problems);
  const terms: Term[] = [];
  for (const { term, action, ruleId, field, position } of entriesOf(policy)) {
    const parsed = parseTerm(term, { ruleId, action });
    if (isTerm(parsed)) terms.push(parsed);
    else problems.push({ field, position, ...parsed });
  }
  if (problems.length > 0) throw new PolicyError(problems);
  return buildMatcher(terms);
}
