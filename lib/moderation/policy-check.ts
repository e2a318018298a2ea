import {
  LIST_NAMES,
  MAXIMUM_ATTRIBUTE_KEYS,
  MAXIMUM_EXEMPT_ROLES,
  MAXIMUM_LINK_DOMAINS,
  MAXIMUM_MESSAGE_CODE_POINTS,
  MAXIMUM_TERMS,
  type ReviewPolicy,
  SERVER_ATTRIBUTE_KEYS,
} from './policy.ts';
import type { PolicyProblem, PolicyProblemCode } from './policy-error.ts';

type Report = (position: number | null, code: PolicyProblemCode, reason: string) => void;
type Check = (value: unknown, report: Report) => void;

/** Two labels or more, letters of a host name only, lower case: the form in which hosts are compared. */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const KEY = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const checkLength: Check = (value, report) => {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAXIMUM_MESSAGE_CODE_POINTS) return;
  report(null, 'out-of-range', `a whole number of code points, 1 to ${MAXIMUM_MESSAGE_CODE_POINTS}`);
};

/** A check of a list of at most `maximum` entries, each a string that `checkEntry` finds nothing wrong with. */
function listOf(maximum: number, checkEntry: (entry: string) => [PolicyProblemCode, string] | null): Check {
  return (value, report) => {
    if (!Array.isArray(value)) return report(null, 'wrong-type', 'must be a list');
    if (value.length > maximum) return report(null, 'too-many', `at most ${maximum} entries`);
    for (const [position, entry] of value.entries()) {
      const problem =
        typeof entry === 'string' ? checkEntry(entry) : (['wrong-type', 'must be text'] as const);
      if (problem) report(position, problem[0], problem[1]);
    }
  };
}

const checkDomains = listOf(MAXIMUM_LINK_DOMAINS, (entry) =>
  DOMAIN.test(entry)
    ? null
    : ['not-a-domain', 'a domain such as example.com: lower case, no scheme, no path'],
);

const checkLinks: Check = (value, report) => {
  if (value === 'allow' || value === 'deny') return;
  if (isRecord(value) && Object.keys(value).join() === 'allow') return checkDomains(value.allow, report);
  report(null, 'wrong-type', "must be 'allow', 'deny' or {allow: [domains]}");
};

const checkBlockedTerms: Check = (value, report) => {
  if (!Array.isArray(value)) return report(null, 'wrong-type', 'must be a list');
  if (value.length > MAXIMUM_TERMS) return report(null, 'too-many', `at most ${MAXIMUM_TERMS} terms`);
  for (const [position, entry] of value.entries()) {
    if (!isRecord(entry) || typeof entry.term !== 'string')
      report(position, 'wrong-type', 'must be {term, action}');
    else if (entry.action !== 'deny' && entry.action !== 'mask')
      report(position, 'unknown-action', "the action is 'deny' or 'mask'");
  }
};

const CHECKS: Readonly<Record<keyof ReviewPolicy, Check>> = {
  maximumMessageLength: checkLength,
  lists: listOf(LIST_NAMES.length, (entry) =>
    LIST_NAMES.some((name) => name === entry)
      ? null
      : ['unknown-list', `shipped lists: ${LIST_NAMES.join(', ')}`],
  ),
  blockedTerms: checkBlockedTerms,
  allowedTerms: listOf(MAXIMUM_TERMS, () => null),
  links: checkLinks,
  messageAttributes: listOf(MAXIMUM_ATTRIBUTE_KEYS, (entry) => {
    if (SERVER_ATTRIBUTE_KEYS.includes(entry))
      return ['reserved-key', 'this key is written by the server only'];
    return KEY.test(entry) ? null : ['not-a-key', 'a letter, then at most 63 letters, digits, _ or -'];
  }),
  exemptRoles: listOf(MAXIMUM_EXEMPT_ROLES, (entry) =>
    KEY.test(entry) ? null : ['not-a-key', 'the name of a role, such as moderator'],
  ),
};

/** Checks the shape of a policy that may come from outside (terms are checked by compiling them). */
export function shapeProblems(policy: unknown): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  if (!isRecord(policy))
    return [{ field: '', position: null, code: 'wrong-type', reason: 'must be an object' }];
  for (const [field, check] of Object.entries(CHECKS)) {
    const value = Object.hasOwn(policy, field) ? policy[field] : undefined;
    check(value, (position, code, reason) => problems.push({ field, position, code, reason }));
  }
  for (const field of Object.keys(policy)) {
    if (Object.hasOwn(CHECKS, field)) continue;
    problems.push({
      field,
      position: null,
      code: 'unknown-field',
      reason: 'no such field in a review policy',
    });
  }
  return problems;
}
