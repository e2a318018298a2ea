import { describe, expect, it } from 'vitest';
import { findingsOf, isBlocked, reviewContent } from './engine-of.ts';

const evasionsOf = (content: string, term: string) =>
  findingsOf(reviewContent(content, { blockedTerms: [{ term, action: 'deny' }] })).map(
    ({ evasion }) => evasion,
  );

describe('a disguised term is found', () => {
  it.each([
    ['GRAPE', 'none'],
    ['ｇｒａｐｅ', 'folded'],
    ['gràpë', 'folded'],
    ['g\u0489rape', 'folded'],
    ['𝓰𝓻𝓪𝓹𝓮', 'folded'],
    ['ɢʀᴀᴘᴇ', 'folded'],
    ['gra\u200bpe', 'folded'],
    ['g\u202erape', 'folded'],
    ['gra\u00adpe', 'folded'],
    ['gra\u{e0061}pe', 'folded'],
    ['grऀaऀpe', 'folded'],
    ['graaape', 'repeats'],
    ['grаpe', 'lookalike'],
    ['gяape', 'lookalike'],
    ['gr🅰pe', 'lookalike'],
    ['gr🇦🇵e', 'lookalike'],
    ['gr4pe', 'leet'],
    ['9r@p3', 'leet'],
    ['g r a p e', 'spelled'],
    ['g.r.a-p_e', 'spelled'],
    ['g   r   4   p   e', 'spelled'],
    ['🇬 🇷 🇦 🇵 🇪', 'spelled'],
    ['gra.pe', 'glued'],
    ['gr_a_pe', 'glued'],
    ['gr*pe', 'masked'],
    ['g##pe', 'masked'],
    ['*gr*pe*', 'masked'],
  ])('%s (%s)', (content, evasion) => {
    expect(evasionsOf(`so ${content} there`, 'grape')).toEqual([evasion]);
  });

  it.each([
    ['sha11ot', 'shallot'],
    ['p!um', 'plum'],
  ])('%s: 1, ! and | also read as l', (content, term) => {
    expect(isBlocked(content, term)).toBe(true);
  });

  it('inside a masked longer word, for terms with a wildcard', () => {
    expect(isBlocked('vinegr*pes', '*grape*')).toBe(true);
    expect(isBlocked('vinegr*pes', 'grape')).toBe(false);
  });

  it('as a phrase of plain and disguised words', () => {
    expect(isBlocked('green gr4pe', 'green grape')).toBe(true);
  });
});

describe('no false alarm', () => {
  it.each([
    ['repeats are never taken away', 'as you like', 'ass'],
    ['repeats are never taken away', 'Niger', 'nigger'],
    ['letters do not cross words', "it's hit", '*shit*'],
    ['letters do not cross words', 'gra pe', 'grape'],
    ['letters do not cross sentences', 'this.hit', '*shit*'],
    ['numbers are not words', '455', 'ass'],
    ['a road is not a word', 'the A55', 'ass'],
    ['version numbers are not words', '4.5.5', 'ass'],
    ['a word of one script keeps its own reading', 'рапе', 'pane'],
    ['flags are not letters', '🇹🇼🇦🇹', 'twat'],
    ['two letters alone are not a word', 'a s', 'as'],
    ['multiplication is not a mask', 'a*b equals b*a', 'abba'],
    ['a mask hides at most half of the word', 'g***e', 'grape'],
    ['a mask shows the first and the last letter', 'grap*', 'grape'],
    ['a mask shows the last letter inside a word too', 'grap*s', '*grape*'],
    ['kana keep their voicing marks', 'か', 'が'],
  ])('%s: %s', (_, content, term) => {
    expect(isBlocked(content, term)).toBe(false);
  });

  it('from ids and paths of addresses read as disguises', () => {
    expect(isBlocked('https://cdn.example/gr4pe/gr*pe', 'grape')).toBe(false);
    expect(isBlocked('https://cdn.example/grape', 'grape')).toBe(true);
  });
});
