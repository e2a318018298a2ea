import { describe, expect, it } from 'vitest';
import { reviewContent } from './engine-of.ts';

const mask = (content: string, term: string) =>
  reviewContent(content, { blockedTerms: [{ term, action: 'mask' }] });

describe('masking', () => {
  it.each([
    ['a grape, please', 'grape', 'a *****, please'],
    ['Vinegrapes!', '*grape*', '**********!'],
    ['graaape', 'grape', '*******'],
    ['gr\u0301ape\u0301 x', 'grape', '***** x'],
    ['gra\u200bpe\u200d x', 'grape', '***** x'],
    ['𝓰𝓻𝓪𝓹𝓮 x', 'grape', '***** x'],
    ['g r a p e', 'grape', '* * * * *'],
    ['green grape', 'green grape', '***** *****'],
    ['gra.pe', 'grape', '******'],
    ['9r@pe x', 'grape', '***** x'],
    ['grape grape', 'grape', '***** *****'],
    ['ﬁg', 'fig', '**'],
    ['a 🖕🏽 b', '🖕', 'a * b'],
    ['виноград?', 'виноград', '********?'],
  ])('%s (%s) → %s', (content, term, expected) => {
    expect(mask(content, term)).toMatchObject({ result: 'ALLOW', content: expected, attributes: {} });
  });

  it('leaves a clean text as it is, mark for mark', () => {
    const content = 'e\u0301 \u200bx 𝓰 ﬁ';
    expect(mask(content, 'grape')).toEqual({ result: 'ALLOW', content, attributes: {}, masked: [] });
  });

  it('does not deliver a message in which it would lay bare another term', () => {
    const blockedTerms = ['*grape*', 'ass'].map((term) => ({ term, action: 'mask' as const }));

    expect(reviewContent('a$$🇬grape', { blockedTerms })).toMatchObject({
      result: 'DENY',
      code: 'blocked-term',
      ruleIds: ['blockedTerms.0'],
    });
  });

  it('is not done when another term denies the message', () => {
    const blockedTerms = [
      { term: 'grape', action: 'mask' as const },
      { term: 'plum', action: 'deny' as const },
    ];
    expect(reviewContent('grape plum', { blockedTerms })).toMatchObject({
      result: 'DENY',
      ruleIds: ['blockedTerms.1'],
    });
  });
});
