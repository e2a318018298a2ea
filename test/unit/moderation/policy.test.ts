import { describe, expect, it } from 'vitest';
import {
  createEngine,
  DEFAULT_POLICY,
  PolicyError,
  type ReviewPolicy,
} from '../../../lib/moderation/index.ts';
import { policyWith } from './engine-of.ts';

function problemsOf(policy: unknown) {
  try {
    createEngine(policy as ReviewPolicy);
  } catch (error) {
    if (error instanceof PolicyError)
      return error.problems.map(({ field, position, code }) => [field, position, code]);
    throw error;
  }
  return [];
}

const term = (text: unknown) => ({ term: text, action: 'deny' });

describe('a policy is refused at load', () => {
  it.each<[string, Record<string, unknown>, [string, number | null, string][]]>([
    ['an empty term', { blockedTerms: [term('ok'), term('')] }, [['blockedTerms', 1, 'empty']]],
    ['a term without letters', { blockedTerms: [term('*!*')] }, [['blockedTerms', 0, 'empty']]],
    ['a bare wildcard', { blockedTerms: [term('*')] }, [['blockedTerms', 0, 'empty']]],
    ['two bare wildcards', { blockedTerms: [term('**')] }, [['blockedTerms', 0, 'empty']]],
    ['an invisible term', { blockedTerms: [term('\u200b')] }, [['blockedTerms', 0, 'empty']]],
    ['a wildcard inside', { blockedTerms: [term('gr*pe')] }, [['blockedTerms', 0, 'wildcard-inside']]],
    ['a wildcard on one letter', { blockedTerms: [term('*a*')] }, [['blockedTerms', 0, 'too-broad']]],
    ['a long term', { blockedTerms: [term('a'.repeat(61))] }, [['blockedTerms', 0, 'too-long']]],
    ['a bad allowed term', { allowedTerms: ['ok', 'gr*pe'] }, [['allowedTerms', 1, 'wildcard-inside']]],
    [
      'a term that is no text',
      { blockedTerms: [term(7), null] },
      [
        ['blockedTerms', 0, 'wrong-type'],
        ['blockedTerms', 1, 'wrong-type'],
      ],
    ],
    [
      'an unknown action',
      { blockedTerms: [{ term: 'x', action: 'ban' }] },
      [['blockedTerms', 0, 'unknown-action']],
    ],
    ['terms that are no list', { blockedTerms: 'grape' }, [['blockedTerms', null, 'wrong-type']]],
    ['too many terms', { allowedTerms: Array(10_001).fill('x') }, [['allowedTerms', null, 'too-many']]],
    ['an unknown list', { lists: ['xx'] }, [['lists', 0, 'unknown-list']]],
    ['an inherited name of a list', { lists: ['toString'] }, [['lists', 0, 'unknown-list']]],
    ['a length of 0', { maximumMessageLength: 0 }, [['maximumMessageLength', null, 'out-of-range']]],
    ['a length of 501', { maximumMessageLength: 501 }, [['maximumMessageLength', null, 'out-of-range']]],
    ['a length of 1.5', { maximumMessageLength: 1.5 }, [['maximumMessageLength', null, 'out-of-range']]],
    ['unknown links', { links: 'some' }, [['links', null, 'wrong-type']]],
    [
      'an address for a domain',
      { links: { allow: ['example.com', 'https://x.com'] } },
      [['links', 1, 'not-a-domain']],
    ],
    ['a domain in capitals', { links: { allow: ['Example.com'] } }, [['links', 0, 'not-a-domain']]],
    ['a top-level domain', { links: { allow: ['com'] } }, [['links', 0, 'not-a-domain']]],
    ['the key role', { messageAttributes: ['role'] }, [['messageAttributes', 0, 'reserved-key']]],
    [
      'the key displayName',
      { messageAttributes: ['displayName'] },
      [['messageAttributes', 0, 'reserved-key']],
    ],
    ['the key badge', { messageAttributes: ['badge'] }, [['messageAttributes', 0, 'reserved-key']]],
    ['the key __proto__', { messageAttributes: ['__proto__'] }, [['messageAttributes', 0, 'not-a-key']]],
    ['a role that is no name', { exemptRoles: [''] }, [['exemptRoles', 0, 'not-a-key']]],
    ['an unknown field', { blockedterms: [] }, [['blockedterms', null, 'unknown-field']]],
  ])('for %s', (_, fields, problems) => {
    expect(problemsOf({ ...policyWith(), ...fields })).toEqual(problems);
  });

  it('with every problem at once, and none of them repeats the entry', () => {
    const policy = { ...policyWith(), blockedTerms: [term('grape*grape')], allowedTerms: ['grape*grape'] };

    expect(problemsOf(policy)).toHaveLength(2);
    expect(() => createEngine(policy as ReviewPolicy)).toThrow(/^the review policy has 2 problem/);
  });

  it.each([null, [], 'deny', 7, {}, Object.create(DEFAULT_POLICY)])('when it is %j (case %#)', (policy) => {
    expect(problemsOf(policy)).not.toEqual([]);
  });
});

describe('the default policy', () => {
  it('compiles and cannot be changed', () => {
    expect(problemsOf(DEFAULT_POLICY)).toEqual([]);
    expect(Object.isFrozen(DEFAULT_POLICY)).toBe(true);
  });

  it('is not affected by later changes of the object that was compiled', () => {
    const policy = { ...policyWith(), exemptRoles: [] as string[] };
    const engine = createEngine({ ...policy, blockedTerms: [{ term: 'grape', action: 'deny' }] });
    policy.exemptRoles.push('viewer');

    const message = { content: 'grape', attributes: {}, sender: { userId: 'u', role: 'viewer' } };
    expect(engine.review(message).result).toBe('DENY');
  });
});
