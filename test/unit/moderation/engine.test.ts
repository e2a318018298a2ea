import { describe, expect, it } from 'vitest';
import { createEngine, type ReviewPolicy } from '../../../lib/moderation/index.ts';
import { policyWith, reviewContent } from './engine-of.ts';

const GRAPE = { blockedTerms: [{ term: 'grape', action: 'deny' as const }] };
const PLUM_MASKED = { blockedTerms: [{ term: 'plum', action: 'mask' as const }] };

function review(
  fields: Partial<ReviewPolicy>,
  attributes: Record<string, string>,
  role: string | null = null,
) {
  return createEngine(policyWith(fields)).review({
    content: 'hello',
    attributes,
    sender: { userId: 'u', role },
  });
}

describe('the length of a message', () => {
  it.each([
    ['x'.repeat(500), 'ALLOW'],
    ['𝓰'.repeat(500), 'ALLOW'],
    ['x'.repeat(501), 'DENY'],
    ['𝓰'.repeat(501), 'DENY'],
    // Three jamo a syllable is how Korean is written; eighteen letters a sign is how a server is kept busy.
    ['한'.repeat(500), 'ALLOW'],
    ['\ufdfa'.repeat(500), 'DENY'],
  ])('is counted in code points (case %#)', (content, result) => {
    expect(reviewContent(content)).toMatchObject(
      result === 'DENY' ? { result, code: 'too-long' } : { result },
    );
  });

  it('is the policy’s', () => {
    expect(reviewContent('12345', { maximumMessageLength: 4 })).toMatchObject({ code: 'too-long' });
  });
});

describe('a message that shows nothing', () => {
  it.each(['', ' ', '\n\t', '\u200b', '\u3164', '\u2800', '\u202e \u2066', '\u{e0020}', '\u0301'])(
    'is denied as empty (case %#)',
    (content) => {
      expect(reviewContent(content)).toMatchObject({ result: 'DENY', code: 'empty' });
    },
  );

  it.each(['.', '0', '👍', '字'])('is not %s', (content) => {
    expect(reviewContent(content).result).toBe('ALLOW');
  });
});

describe('attributes of a message', () => {
  it('are denied by default', () => {
    expect(review({}, { emote: 'wave' })).toMatchObject({ result: 'DENY', code: 'attributes' });
  });

  it.each(['role', 'displayName', 'badge', '__proto__', 'constructor', 'Emote'])('deny the key %s', (key) => {
    const attributes = Object.fromEntries([[key, 'x']]);
    expect(review({ messageAttributes: ['emote'] }, attributes)).toMatchObject({ code: 'attributes' });
  });

  it('pass when the policy names their keys', () => {
    expect(review({ messageAttributes: ['emote'] }, { emote: 'wave' })).toMatchObject({
      result: 'ALLOW',
      attributes: { emote: 'wave' },
      masked: [],
    });
  });

  it.each([
    [1019, 'ALLOW'],
    [1020, 'DENY'],
  ])('of 5 + %i bytes: %s', (bytes, result) => {
    expect(review({ messageAttributes: ['emote'] }, { emote: 'x'.repeat(bytes) }).result).toBe(result);
    expect(review({ messageAttributes: ['emote'] }, { emote: 'é'.repeat(Math.ceil(bytes / 2)) }).result).toBe(
      'DENY',
    );
  });

  it('are reviewed as the content is', () => {
    const open = { messageAttributes: ['emote'] };
    expect(review({ ...open, ...GRAPE }, { emote: 'gr4pe' })).toMatchObject({
      code: 'blocked-term',
      findings: [{ attribute: 'emote', start: 0, end: 5 }],
    });
    expect(review({ ...open, links: 'deny' }, { emote: 'example.com' })).toMatchObject({ code: 'link' });
    expect(review({ ...open, ...PLUM_MASKED }, { emote: 'a plum' })).toMatchObject({
      result: 'ALLOW',
      content: 'hello',
      attributes: { emote: 'a ****' },
    });
    expect(review(open, { emote: '' }).result).toBe('ALLOW');
  });
});

describe('an exempt role', () => {
  const fields = { ...GRAPE, links: 'deny' as const, exemptRoles: ['moderator'] };
  const say = (content: string, role: string | null, attributes = {}) =>
    createEngine(policyWith(fields)).review({ content, attributes, sender: { userId: 'u', role } }).result;

  it('may use terms and links', () => {
    expect(say('grape example.com', 'moderator')).toBe('ALLOW');
    expect(say('grape', 'viewer')).toBe('DENY');
    expect(say('grape', 'Moderator')).toBe('DENY');
    expect(say('grape', null)).toBe('DENY');
  });

  it('is held to length, emptiness and attributes', () => {
    expect(say('x'.repeat(501), 'moderator')).toBe('DENY');
    expect(say(' ', 'moderator')).toBe('DENY');
    expect(say('hi', 'moderator', { badge: 'gold' })).toBe('DENY');
  });
});

describe('a denial by several rules', () => {
  it('names the term before the link', () => {
    expect(reviewContent('example.com grape', { ...GRAPE, links: 'deny' })).toMatchObject({
      code: 'blocked-term',
      ruleIds: ['blockedTerms.0', 'links'],
    });
  });
});

describe('a name', () => {
  it.each([
    ['Ada', true, null],
    ['gr4pe', false, 'blocked-term'],
    ['plum', false, 'blocked-term'],
    ['example.com', false, 'link'],
    ['\u200b', false, 'empty'],
    ['x'.repeat(501), false, 'too-long'],
  ])('%s: allowed %s', (name, allowed, code) => {
    const blockedTerms = [...GRAPE.blockedTerms, ...PLUM_MASKED.blockedTerms];
    expect(createEngine(policyWith({ blockedTerms, links: 'deny' })).reviewName(name)).toMatchObject({
      allowed,
      code,
    });
  });
});
