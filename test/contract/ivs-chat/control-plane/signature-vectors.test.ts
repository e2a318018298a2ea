import { describe, expect, it } from 'vitest';
import {
  canonicalRequest,
  type WireRequest,
} from '../../../../infra/local/ivs-chat/control-plane/signature/canonical-request.ts';
import {
  sha256,
  sign,
  signingKey,
} from '../../../../infra/local/ivs-chat/control-plane/signature/signing.ts';

// AWS's published examples: the Signature Version 4 test suite, and ListUsers of the general reference.
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const TIMESTAMP = '20150830T123600Z';
const EMPTY = sha256(Buffer.alloc(0));
const HOST = { host: ['example.amazonaws.com'], 'x-amz-date': [TIMESTAMP] };

const scopeOf = (service: string) => ({
  date: '20150830',
  region: 'us-east-1',
  service,
  terminator: 'aws4_request',
});

function signatureOf(request: Partial<WireRequest>, service = 'service', payloadHash = EMPTY): string {
  const { method = 'GET', target = '/', headers = {} } = request;
  const all: WireRequest['headers'] = { ...HOST, ...headers };
  const canonical = canonicalRequest({ method, target, headers: all }, Object.keys(all).sort(), payloadHash);
  return sign(signingKey(SECRET, scopeOf(service)), scopeOf(service), TIMESTAMP, canonical);
}

/** UTF-8 as Node's HTTP parser gives it: a character a byte. */
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

const UNRESERVED = '-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

describe("AWS's test suite for Signature Version 4", () => {
  it.each<[string, Partial<WireRequest>, string]>([
    ['get-vanilla', {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['post-vanilla', { method: 'POST' }, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'get-vanilla-empty-query-key',
      { target: '/?Param1=value1' },
      'a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb',
    ],
    [
      'get-vanilla-query-order-key-case',
      { target: '/?Param2=value2&Param1=value1' },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'get-unreserved',
      { target: `/${UNRESERVED}` },
      '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
    ],
    ['get-utf8', { target: utf8('/ሴ') }, '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85'],
    [
      'get-relative',
      { target: '/example/..' },
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    [
      'get-slash-dot-slash',
      { target: '/./' },
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    [
      'get-header-key-duplicate',
      { headers: { 'my-header1': ['value2', 'value2', 'value1'] } },
      'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
    ],
    [
      'get-header-value-trim',
      { headers: { 'my-header1': [' value1'], 'my-header2': [' "a   b   c"'] } },
      'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    ],
  ])('%s', (_name, request, signature) => {
    expect(signatureOf(request)).toBe(signature);
  });
});

describe('the ListUsers example of IAM', () => {
  const target = '/?Action=ListUsers&Version=2010-05-08';
  const headers = {
    'content-type': ['application/x-www-form-urlencoded; charset=utf-8'],
    host: ['iam.amazonaws.com'],
  };

  it('has the canonical request, the key and the signature that AWS prints', () => {
    const all = { ...headers, 'x-amz-date': [TIMESTAMP] };
    const canonical = canonicalRequest({ method: 'GET', target, headers: all }, Object.keys(all), EMPTY);

    expect(sha256(Buffer.from(canonical))).toBe(
      'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
    );
    expect(signingKey(SECRET, scopeOf('iam')).toString('hex')).toBe(
      'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9',
    );
    expect(signatureOf({ target, headers }, 'iam')).toBe(
      '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    );
  });
});

describe('what the examples leave open', () => {
  const lineOf = (target: string, line: number) =>
    canonicalRequest({ method: 'GET', target, headers: {} }, [], EMPTY).split('\n')[line];

  it.each([
    ['/tags/arn%3Aaws%3Aroom%2Fa', '/tags/arn%253Aaws%253Aroom%252Fa'],
    ['//a//b/', '/a/b/'],
    ['/a/./b/../c', '/a/c'],
    ['/..', '/'],
    ['/a*b', '/a%2Ab'],
  ])('the path %s is %s', (target, path) => {
    expect(lineOf(target, 1)).toBe(path);
  });

  it.each([
    ['b=2&a=2&a=10&a', 'a=&a=10&a=2&b=2'],
    ['a-b=1&a=1', 'a=1&a-b=1'],
    ['a=%7e%3d&b==', 'a=~%3D&b=%3D'],
    ['a=1+1&b=%20&c=%zz', 'a=1%2B1&b=%20&c=%25zz'],
    ['a=?&', 'a=%3F'],
  ])('the query %s is %s', (query, canonical) => {
    expect(lineOf(`/?${query}`, 2)).toBe(canonical);
  });

  it('keeps the bytes of UTF-8 in a header, and takes blanks and tabs as one blank', () => {
    const headers = { 'x-amz-note': [utf8('\t à  \t b ')] };
    const canonical = canonicalRequest({ method: 'GET', target: '/', headers }, ['x-amz-note'], EMPTY);

    expect(Buffer.from(canonical, 'latin1').toString()).toContain('x-amz-note:à b\n');
  });
});
