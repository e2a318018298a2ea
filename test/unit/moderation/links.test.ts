import { describe, expect, it } from 'vitest';
import type { ReviewPolicy } from '../../../lib/moderation/index.ts';
import { findingsOf, reviewContent } from './engine-of.ts';

const isDenied = (content: string, links: ReviewPolicy['links']) => {
  const decision = reviewContent(content, { links });
  return decision.result === 'DENY' && decision.code === 'link';
};

describe('a link is found', () => {
  it.each([
    'https://example.com',
    'see example.com now',
    'EXAMPLE.COM',
    'example.com/path?q=1',
    'http://localhost/x',
    'http://10.0.0.1/x',
    'ftp://files',
    'www.example.co.uk',
    'ex\u200bample.com',
    'ｅｘａｍｐｌｅ．ｃｏｍ',
    'example。com',
    'пример.рф',
    'xn--e1afmkfd.xn--p1ai',
    'someone@example.com',
    'someone@ok.so',
    'youtu.be/abc',
    'evil.zone/x',
    'evil.zone:8080',
    '(example.com).',
    'wait...example.com...what',
    'join a.b.c.example.io',
    'visit example.com-',
    '_example.com_',
    'example.com--',
    '-example.com',
    'http://[2001:db8::1]/x',
    'https://%31.2.3.4/',
    '1.2.3.4/malware',
    '1.2.3.4:8080',
    '한글.닷컴',
    'wa.me?text=hi',
    'evil.zone#x',
  ])('%s', (content) => {
    expect(isDenied(content, 'deny')).toBe(true);
    expect(isDenied(content, 'allow')).toBe(false);
  });
});

describe('no link is seen in', () => {
  it.each([
    'well.done everybody',
    'wait...what',
    'ok.so we go',
    'yes.it is',
    'hello.how are you',
    'node.js and index.ts',
    'version 1.2.3.4',
    'is it ok.so?',
    'a - b _ c',
    '999.1.1.1/x',
    'e.g. this, i.e. that',
    '3.14',
    'a.b',
    'a://',
    '.com',
    'rate 10/10',
  ])('%s', (content) => {
    expect(isDenied(content, 'deny')).toBe(false);
  });
});

describe('an allow-list of domains', () => {
  it.each([
    ['https://example.com/a', true],
    ['http://EXAMPLE.com', true],
    ['docs.example.com', true],
    ['badexample.com', false],
    ['example.com.evil.net', false],
    ['https://example.com@evil.net', false],
    ['https://evil.net\\@example.com', false],
    ['https://example.com%2eevil.net', false],
    ['example.com and evil.net', false],
    ['https://example.com@1.2.3.4/login', false],
    ['https://example.com@2130706433/login', false],
    ['https://example.com@evil/login', false],
    ['https://example.com@[::1]/', false],
    ['https://example.com\\@evil.com-', false],
    ['https://example.com:8443/a', true],
    ['https://example.com?a=b', true],
    ['https://example.com./', true],
    ['https://user@example.com', false],
    ['exämple.com', false],
    ['ехample.com', false],
    ['ex\u200bample.com', false],
  ])('%s passes: %s', (content, passes) => {
    expect(isDenied(content, { allow: ['example.com'] })).toBe(!passes);
  });

  it('without a domain passes none', () => {
    expect(isDenied('example.com', { allow: [] })).toBe(true);
  });
});

describe('the finding of a link', () => {
  it('is one for an address, whatever stands in it', () => {
    expect(findingsOf(reviewContent('https://a@example.com:80/x', { links: 'deny' }))).toMatchObject([
      { start: 8, end: 24 },
    ]);
  });

  it('spans the host in the original text', () => {
    const decision = reviewContent('go 𝐱 example.com/x', { links: 'deny' });

    expect(decision).toMatchObject({ code: 'link', ruleIds: ['links'] });
    expect(findingsOf(decision)).toMatchObject([{ start: 6, end: 17 }]);
  });
});
