import { describe, expect, it } from 'vitest';
import { findingsOf, isBlocked, reviewContent } from './engine-of.ts';

describe('a blocked term', () => {
  it.each([
    ['grape', 'a grape here', true],
    ['grape', 'grapes', false],
    ['grape', 'unsgrape', false],
    ['grape*', 'grapeshot', true],
    ['grape*', 'a vinegrape', false],
    ['*grape', 'vinegrape', true],
    ['*grape', 'grapes', false],
    ['*grape*', 'vinegrapes', true],
    ['green grape', 'a Green, grape!', true],
    ['green grape', 'greengrape', false],
    ['green grape', 'green big grape', false],
    ['green grap*', 'green grapefruit', true],
    ["don't", 'DON’T do it', true],
    ['hell', "he'll come", false],
    ['cat', "the cat's tail", true],
    ['can', "we can't", false],
    ['виноград', 'ВИНОГРАД!', true],
    ['виноград', 'виноградник', false],
    ['*葡萄*', '好吃的葡萄酒', true],
    ['नमस्ते', 'नमस्ते दोस्त', true],
    ['🍇', 'yum🍇🍇', true],
    ['🍇', 'yum🍉', false],
  ])('%s in "%s": %s', (term, content, expected) => {
    expect(isBlocked(content, term)).toBe(expected);
  });

  it('with accents matches only text that shows them', () => {
    expect(isBlocked('göt', 'göt')).toBe(true);
    expect(isBlocked('GÖÖT', 'göt')).toBe(true);
    expect(isBlocked('got it', 'göt')).toBe(false);
    expect(isBlocked('gót', 'göt')).toBe(false);
    expect(isBlocked('gót', 'got')).toBe(true);
  });

  it('is found inside the beginnings of longer ones', () => {
    expect(isBlocked('abcx', '*abcd*', '*bcx*')).toBe(true);
    expect(isBlocked('abce', '*abcd*', '*bc*')).toBe(true);
    expect(isBlocked('abcdz', '*abcde*', '*bcdx*', '*cd*')).toBe(true);
  });

  it('is named by its position and never by its letters', () => {
    const terms = ['plum', 'grape'].map((term) => ({ term, action: 'deny' as const }));

    const decision = reviewContent('one grape', { blockedTerms: terms });

    expect(decision).toMatchObject({ result: 'DENY', code: 'blocked-term', ruleIds: ['blockedTerms.1'] });
    expect(findingsOf(decision)).toMatchObject([{ start: 4, end: 9, attribute: null, evasion: 'none' }]);
    expect(JSON.stringify(decision)).not.toContain('grape');
  });
});

describe('an empty policy', () => {
  it('matches nothing', () => {
    expect(reviewContent('a grape http://grape.example f*ck')).toMatchObject({ result: 'ALLOW', masked: [] });
  });
});

describe('an allowed term', () => {
  const blockedTerms = [{ term: '*grape*', action: 'deny' as const }];

  it.each([
    ['grapefruit juice', 'ALLOW'],
    ['Gr4pefruit', 'ALLOW'],
    ['grapefruit and grape', 'DENY'],
    ['grapefruitgrape', 'DENY'],
    ['grapegrapefruit', 'DENY'],
  ])('hides only the hits inside its own letters: %s → %s', (content, expected) => {
    expect(reviewContent(content, { blockedTerms, allowedTerms: ['*grapefruit*'] }).result).toBe(expected);
  });

  it('does not hide a hit that it only overlaps', () => {
    expect(reviewContent('fruitgrape', { blockedTerms, allowedTerms: ['*fruitgr*'] }).result).toBe('DENY');
    expect(reviewContent('grapefruit', { blockedTerms, allowedTerms: ['*pefruit*'] }).result).toBe('DENY');
  });
});
