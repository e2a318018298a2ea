import { describe, expect, it } from 'vitest';
import { AVATAR_MAX_LENGTH } from '../../../lib/chat/index.ts';
import { profileOf } from './support/accepted-profiles.ts';

const HOST = 'https://cdn.example.com';
const ofLength = (length: number) => `${HOST}/`.padEnd(length, 'a');

function avatarOf(avatar: string) {
  const attributes = profileOf({ displayName: 'Ada', avatar });
  return typeof attributes === 'string' ? attributes : attributes.avatar;
}

describe('an avatar', () => {
  it.each([
    ['an id', 'fox', 'fox'],
    ['an id with a digit', 'owl-2', 'owl-2'],
    ['a URL', `${HOST}/1.png`, `${HOST}/1.png`],
    ['a URL with a query and a fragment', `${HOST}/a?s=1#x`, `${HOST}/a?s=1#x`],
    ['a URL with the default port', `${HOST}:443/1.png`, `${HOST}/1.png`],
    ['a URL in capitals', 'HTTPS://CDN.EXAMPLE.COM/A.png', `${HOST}/A.png`],
    ['a URL with blanks around it', ` ${HOST}/1.png\n`, `${HOST}/1.png`],
    ['a URL with backslashes, as browsers read it', 'https:\\\\cdn.example.com\\1.png', `${HOST}/1.png`],
    ['a URL with a letter to be encoded', `${HOST}/ü.png`, `${HOST}/%C3%BC.png`],
    ['a URL with a lone surrogate', `${HOST}/\ud83e.png`, `${HOST}/%EF%BF%BD.png`],
    ['an IDN host', 'https://bücher.example/1.png', 'https://xn--bcher-kva.example/1.png'],
    ['a handle in the path', `${HOST}/@ada/1.png`, `${HOST}/@ada/1.png`],
    ['a handle with a dot', `${HOST}/@ada.l/1.png`, `${HOST}/@ada.l/1.png`],
    ['a version after an at sign', `${HOST}/pack@2/fox.svg`, `${HOST}/pack@2/fox.svg`],
    ['the longest URL', ofLength(AVATAR_MAX_LENGTH), ofLength(AVATAR_MAX_LENGTH)],
  ])('that is %s is accepted as a browser would read it', (_what, avatar, expected) => {
    expect(avatarOf(avatar)).toBe(expected);
  });

  it.each([
    ['an unknown id', 'cat'],
    ['an id in capitals', 'FOX'],
    ['an id with a blank', 'fox '],
    ['the name of an object member', 'constructor'],
    ['http', 'http://cdn.example.com/1.png'],
    ['a data URL', 'data:image/png;base64,AAAA'],
    ['a script', 'javascript:alert(1)//cdn.example.com'],
    ['a blob', `blob:${HOST}/1`],
    ['a relative URL', '/1.png'],
    ['a URL without a scheme', '//cdn.example.com/1.png'],
    ['another host', 'https://example.org/1.png'],
    ['a sub-domain', 'https://a.cdn.example.com/1.png'],
    ['the domain above', 'https://example.com/1.png'],
    ['a host that starts like ours', 'https://cdn.example.com.evil.example/1.png'],
    ['a host that ends like ours', 'https://evilcdn.example.com/1.png'],
    ['a host with a dot at the end', 'https://cdn.example.com./1.png'],
    ['our host in the path', `https://example.org/${HOST}`],
    ['another port', `${HOST}:8443/1.png`],
    ['the port of http', `${HOST}:80/1.png`],
    ['a user', 'https://ada@cdn.example.com/1.png'],
    ['a user and a password', 'https://ada:secret@cdn.example.com/1.png'],
    ['a user that ends in a slash', 'https://ada%2f@cdn.example.com/1.png'],
    ['a password that ends in a slash', 'https://:secret%2f@cdn.example.com/1.png'],
    ['our host as the user', 'https://cdn.example.com@evil.example/1.png'],
    ['one character too many', ofLength(AVATAR_MAX_LENGTH + 1)],
    ['too many once it is encoded', `${HOST}/${'ü'.repeat(100)}`],
    ['a malformed escape', `${HOST}/%zz.png`],
    ['an encoded percent sign', `${HOST}/100%25.png`],
    ['an escape that is not UTF-8', `${HOST}/%ff.png`],
  ])('that is %s is refused', (_what, avatar) => {
    expect(avatarOf(avatar)).toBe('invalid-body /avatar');
  });

  it.each([
    ['in the path', '/ada@example.com.png'],
    ['at the end of a path', '/u/ada@example.com'],
    ['before more of a path', '/ada@example.com/1.png'],
    ['in the query', '/1.png?u=ada@example.com'],
    ['in the fragment', '/1.png#ada@example.com'],
    ['with an encoded at sign', '/ada%40example.com.png'],
    ['with everything encoded', '/%61%64%61%40%65%78%61%6d%70%6c%65%2e%63%6f%6d'],
    ['full-width', '/ada＠example．com'],
    ['full-width and encoded', '/ada%EF%BC%A0example%EF%BC%8Ecom'],
    ['encoded twice', '/ada%2540example.com'],
    ['encoded three times', '/ada%252540example%25252ecom'],
  ])('that holds an e-mail address (%s) is refused', (_form, path) => {
    expect(avatarOf(`${HOST}${path}`)).toBe('invalid-body /avatar');
  });
});
