import { describe, expect, it } from 'vitest';
import { readReviewEnvironment, readTokensEnvironment } from '../../../lib/environment.ts';
import { problemsOf, REVIEW, TOKENS } from './environments.ts';

const MALFORMED: Readonly<Record<string, readonly string[]>> = {
  AWS_REGION: ['', 'EU-WEST-1', 'eu-west', 'eu-west-1.evil.example', 'eu-west-1\n'],
  ACCOUNT_ID: ['', '12345678901', '1234567890123', '12345678901x', '１２３４５６７８９０１２'],
  USER_POOL_ID: ['', 'Ab12Cd34E', 'eu-west-1', 'eu-west-1_', 'eu-west-1_Ab/../x', 'eu-west-1_a\n'],
  USER_POOL_CLIENT_ID: ['', 'client id', 'a'.repeat(129), 'a,b'],
  REGISTERED_ROOMS: ['', ' , ', 'AbCdEfGh123', 'AbCdEfGh12345', 'AbCdEfGh123-', 'AbCdEfGh1234;AbCdEfGh1235'],
  SESSION_MINUTES: [
    '',
    '0',
    '4',
    '181',
    '1000',
    '-5',
    '60.5',
    '6e1',
    '0x3c',
    ' 60',
    'sixty',
    'Infinity',
    'NaN',
  ],
  SOCKET_MODERATION: ['', 'ON', 'true', 'off ', 'toString'],
  AVATAR_IDS: ['fox owl', 'fox,<script>', 'a'.repeat(65)],
  AVATAR_HOSTS: [
    'https://img.example.com',
    'img.example.com/x',
    'img.example.com:443',
    'IMG.example.com',
    'localhost',
    '*.example.com',
    '-a.example.com',
  ],
  LOCAL_JWKS_ORIGIN: [
    'http://192.0.2.7:4002',
    'http://evil.example:4002',
    'http://127.0.0.1.evil.example:4002',
    'http://127.0.0.1@evil.example:4002',
    'http://127.0.0.1:4002@evil.example',
    'http://127.0.0.1:4002/path',
    'http://127.0.0.1',
    'https://127.0.0.1:4002',
    'HTTP://127.0.0.1:4002',
    'http://127.0.0.1:4002\n',
    'localhost:4002',
  ],
};

describe('a malformed variable', () => {
  it.each(
    Object.entries(MALFORMED).flatMap(([variable, values]) =>
      values.map((value) => [variable, value] as const),
    ),
  )('%s = %j is named, once', (variable, value) => {
    const problems = problemsOf(readTokensEnvironment, { ...TOKENS, [variable]: value });

    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${variable} must `))]);
  });

  it.each(['', 'DENY', 'fail', 'allow,deny'])('ON_FAILURE = %j is named, once', (value) => {
    const problems = problemsOf(readReviewEnvironment, { ...REVIEW, ON_FAILURE: value });

    expect(problems).toEqual(['ON_FAILURE must be one of deny, allow']);
  });

  it.each(['5', '180'])('is not SESSION_MINUTES = %s, at a bound', (value) => {
    expect(readTokensEnvironment({ ...TOKENS, SESSION_MINUTES: value }).sessionMinutes).toBe(Number(value));
  });

  it('is reported together with all others, and no value of any', () => {
    const names = Object.keys(MALFORMED);
    const env = Object.fromEntries(names.map((name, index) => [name, `#canary-${index}`]));
    const named = problemsOf(readTokensEnvironment, env).map((problem) => problem.split(' ')[0]);

    expect(named.sort()).toEqual(names.sort());
    expect(() => readTokensEnvironment(env)).toThrow(
      /^invalid environment: [A-Z_]+ must [^;]+; [A-Z_]+ must /,
    );
    expect(() => readTokensEnvironment(env)).not.toThrow(/canary/);
  });
});
