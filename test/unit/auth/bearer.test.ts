import { describe, expect, it } from 'vitest';
import { MAX_TOKEN_LENGTH_BYTES, unverifiedBearerToken } from '../../../lib/auth/bearer.ts';

describe('an Authorization header', () => {
  it.each<[string, string, string]>([
    ['as RFC 6750 writes it', 'Bearer abc', 'abc'],
    ['with the scheme in lower case', 'bearer abc', 'abc'],
    ['with the scheme in upper case', 'BEARER abc', 'abc'],
    ['with several blanks', 'Bearer   abc', 'abc'],
    ['with every kind of character and padding', 'Bearer aZ09-._~+/==', 'aZ09-._~+/=='],
    ['of the longest length', `Bearer ${'a'.repeat(8192)}`, 'a'.repeat(MAX_TOKEN_LENGTH_BYTES)],
  ])('%s holds a token', (_title, authorization, token) => {
    expect(unverifiedBearerToken(authorization)).toBe(token);
  });

  it.each<[string, string | undefined]>([
    ['that was not sent', undefined],
    ['that is empty', ''],
    ['of another scheme', 'Basic dmk6c2VjcmV0'],
    ['of a scheme that begins alike', 'BearerToken abc'],
    ['of a token alone', 'abc'],
    ['of a blank before the scheme', ' Bearer abc'],
  ])('%s holds no credentials', (_title, authorization) => {
    expect(() => unverifiedBearerToken(authorization)).toThrow(
      expect.objectContaining({ code: 'no-credentials' }),
    );
  });

  it.each<[string, string]>([
    ['without a token', 'Bearer'],
    ['with blanks only', 'Bearer  '],
    ['with two tokens', 'Bearer abc def'],
    ['sent twice and joined by the gateway', 'Bearer abc,Bearer def'],
    ['sent twice, joined with a blank', 'Bearer abc, Bearer def'],
    ['with a quoted token', 'Bearer "abc"'],
    ['with a blank at the end', 'Bearer abc '],
    ['with a line break', 'Bearer abc\r\nX-Role: admin'],
    ['with padding inside', 'Bearer a=b'],
    ['with a letter beyond ASCII', 'Bearer ábc'],
    ['a byte too long', `Bearer ${'a'.repeat(8193)}`],
  ])('%s is malformed', (_title, authorization) => {
    expect(() => unverifiedBearerToken(authorization)).toThrow(
      expect.objectContaining({ code: 'invalid-token' }),
    );
  });
});
