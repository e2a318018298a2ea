import { describe, expect, it } from 'vitest';
import { OWNER, POLICY, profileOf } from './support/accepted-profiles.ts';

const INVALID = 'invalid-body /displayName';
const REFUSED = 'display-name-refused';

const named = (displayName: string) => profileOf({ displayName });
const shown = (displayName: string) => ({ displayName, role: 'viewer' });

describe('a display name', () => {
  it.each([
    ['one letter', 'A', 'A'],
    ['40 letters', 'a'.repeat(40), 'a'.repeat(40)],
    ['40 emoji of two code units each', '🦊'.repeat(40), '🦊'.repeat(40)],
    ['40 letters of Deseret, outside the BMP', '𐐷'.repeat(40), '𐐷'.repeat(40)],
    ['40 letters between blanks', ` ${'a'.repeat(40)}\t`, 'a'.repeat(40)],
    ['40 composed of 80', 'e\u0301'.repeat(40), 'é'.repeat(40)],
    ['blanks inside', 'Ada  Lovelace', 'Ada  Lovelace'],
    ['full-width letters', 'Ａｄａ', 'Ada'],
    ['a ligature', 'ﬁona', 'fiona'],
    ['mathematical letters', '𝓐𝓭𝓪', 'Ada'],
    ['a combining accent', 'Zoe\u0308', 'Zoë'],
    ['no-break spaces around', '\u00a0Ada\u3000', 'Ada'],
    ['a family of emoji held together by joiners', '👩\u200d👩\u200d👧', '👩\u200d👩\u200d👧'],
    ['Persian with a non-joiner', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['Hebrew', 'עדה', 'עדה'],
    ['a keycap', '1\ufe0f\u20e3', '1\ufe0f\u20e3'],
    ['markup, which is text', '<b>Ada</b>', '<b>Ada</b>'],
    ['an at sign alone', '@ada', '@ada'],
    ['an at sign between blanks', 'ada @ example.com', 'ada @ example.com'],
    ['a host without a dot', 'ada@home', 'ada@home'],
  ])('with %s is shown in NFKC', (_what, name, expected) => {
    expect(named(name)).toEqual(shown(expected));
  });

  it.each([
    ['nothing', ''],
    ['blanks only', ' \t\u3000'],
    ['41 letters', 'a'.repeat(41)],
    ['41 emoji', '🦊'.repeat(41)],
    ['one character that NFKC makes 18 of, three times', '\ufdfa'.repeat(3)],
    ['257 code units, most of them blanks', ` Ada${' '.repeat(253)}`],
    ['zero-width spaces only', '\u200b\u200b'],
    ['joiners only', '\u200d\u200c'],
    ['a variation selector only', '\ufe0f'],
    ['a Hangul filler only', '\u3164'],
    ['an empty braille pattern only', '\u2800'],
    ['a combining mark only', '\u0301'],
    ['a zero-width space inside', 'Ad\u200ba'],
    ['a word joiner inside', 'Ad\u2060a'],
    ['a Hangul filler inside', 'Ad\u3164a'],
    ['a Hangul choseong filler inside', 'Ad\u115fa'],
    ['a grapheme joiner inside', 'Ad\u034fa'],
    ['a Mongolian variation selector inside', 'Ad\u180ba'],
    ['a text variation selector inside', 'Ad\ufe01a'],
    ['an empty braille pattern inside', 'Ad\u2800a'],
    ['a joiner at the start', '\u200dAda'],
    ['a joiner at the end', 'Ada\u200d'],
    ['two joiners in a row', 'Ad\u200c\u200da'],
    ['a soft hyphen inside', 'Ad\u00ada'],
    ['a byte order mark inside', 'Ad\ufeffa'],
    ['a right-to-left override', 'Ada\u202eadA'],
    ['a left-to-right mark', 'Ada\u200e'],
    ['a bidirectional isolate', '\u2066Ada\u2069'],
    ['an Arabic letter mark', 'Ada\u061c'],
    ['a tag character', 'Ada\u{e0041}'],
    ['NUL', 'Ada\u0000'],
    ['a line feed inside', 'Ada\nadmin'],
    ['ESC', '\u001b[31mAda'],
    ['DEL', 'Ada\u007f'],
    ['a C1 control', 'Ada\u0085x'],
    ['a line separator inside', 'Ada\u2028admin'],
    ['a paragraph separator inside', 'Ada\u2029admin'],
    ['a private-use character', 'Ada\ue000'],
    ['a lone high surrogate', 'Ada\ud83e'],
    ['a lone low surrogate', '\udd8aAda'],
  ])('with %s is refused', (_what, name) => {
    expect(named(name)).toBe(INVALID);
  });

  it.each([
    ['plain', 'ada@example.com'],
    ['inside a sentence', 'write to ada@example.com!'],
    ['full-width', 'ada＠example．com'],
    ['with a small at sign', 'ada﹫example.com'],
    ['with an ideographic full stop', 'ada@example。com'],
    ['with a half-width one', 'ada@example｡com'],
    ['with a one-dot leader', 'ada@example․com'],
    ['with a plus', 'ada+chat@example.co.uk'],
    ['of an IDN', 'ada@bücher.example'],
    ['with joiners', 'ada\u200d@\u200dexample\u200d.com'],
    ['quoted', '"ada"@example.com'],
    ['to an IP address', 'ada@192.0.2.1'],
  ])('that holds an e-mail address (%s) is refused', (_form, name) => {
    expect(named(name)).toBe(REFUSED);
  });

  it.each([
    ['user-09b95b', REFUSED],
    ['User-09B95B', REFUSED],
    ['user-09b95', shown('user-09b95')],
    ['user-09b95bc', shown('user-09b95bc')],
  ])('%s cannot be chosen when somebody else may have been given it', (name, expected) => {
    expect(named(name)).toEqual(expected);
  });

  it('is reviewed as the room would see it, and refused for what it says', () => {
    const reviewed: string[] = [];
    const reviewDisplayName = (name: string) => {
      reviewed.push(name);
      return false;
    };

    expect(profileOf({ displayName: ' Ａｄａ ' }, { ...POLICY, reviewDisplayName })).toBe(REFUSED);
    expect(reviewed).toEqual(['Ada']);
  });
});

describe('the name of somebody who chose none', () => {
  const nameOf = () => {
    const attributes = profileOf({});
    return typeof attributes === 'string' ? attributes : attributes.displayName;
  };

  it('is user- and six hexadecimal digits, the same every time', () => {
    expect(nameOf()).toMatch(/^user-[0-9a-f]{6}$/);
    expect(nameOf()).toBe(nameOf());
    // Part of what people see: it must not change with a release.
    expect(nameOf()).toBe('user-09b95b');
  });

  it('holds nothing of the user id', () => {
    const digits = nameOf()?.slice('user-'.length) ?? '';
    expect(OWNER.userId).not.toContain(digits);
  });

  it('is not reviewed: it is ours', () => {
    expect(profileOf({}, { ...POLICY, reviewDisplayName: () => false })).toMatchObject({
      displayName: expect.stringMatching(/^user-/),
    });
  });
});
