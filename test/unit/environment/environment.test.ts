import { describe, expect, it } from 'vitest';
import {
  type Environment,
  readModerationEnvironment,
  readReviewEnvironment,
  readTokensEnvironment,
} from '../../../lib/environment.ts';
import { CALLERS, problemsOf, REVIEW, TOKENS } from './environments.ts';

/** What each function must be told, complete. */
const FUNCTIONS: Readonly<Record<string, readonly [(env: Environment) => object, Environment]>> = {
  tokens: [readTokensEnvironment, TOKENS],
  moderation: [readModerationEnvironment, CALLERS],
  'review-message': [readReviewEnvironment, REVIEW],
};

describe('a complete environment', () => {
  it('of the tokens function is read', () => {
    const env = {
      ...TOKENS,
      REGISTERED_ROOMS: 'AbCdEfGh1234, 0123456789Ab ,',
      SESSION_MINUTES: '180',
      SOCKET_MODERATION: 'off',
      AVATAR_IDS: 'fox, owl_2',
      AVATAR_HOSTS: 'img.example.com,cdn.example.org',
      LOCAL_JWKS_ORIGIN: 'http://127.0.0.1:4002',
      UNRELATED: 'x',
    };

    expect(readTokensEnvironment(env)).toEqual({
      region: 'eu-west-1',
      accountId: '123456789012',
      userPoolId: 'eu-west-1_Ab12Cd34E',
      userPoolClientId: '1example23456789',
      registeredRooms: ['AbCdEfGh1234', '0123456789Ab'],
      localJwksOrigin: 'http://127.0.0.1:4002',
      sessionMinutes: 180,
      socketModeration: 'off',
      avatarIds: ['fox', 'owl_2'],
      avatarHosts: ['img.example.com', 'cdn.example.org'],
    });
  });

  it('needs no avatars and no local key server', () => {
    expect(readTokensEnvironment(TOKENS)).toMatchObject({
      avatarIds: [],
      avatarHosts: [],
      localJwksOrigin: undefined,
    });
    expect(readTokensEnvironment({ ...TOKENS, LOCAL_JWKS_ORIGIN: '' }).localJwksOrigin).toBeUndefined();
  });

  it('of the review function is read', () => {
    expect(readReviewEnvironment({ ...REVIEW, ON_FAILURE: 'allow' })).toEqual({
      region: 'eu-west-1',
      accountId: '123456789012',
      onFailure: 'allow',
    });
  });

  it.each(['us-gov-west-1', 'ap-southeast-2'])('may be of the region %s', (region) => {
    expect(readModerationEnvironment({ ...CALLERS, AWS_REGION: region }).region).toBe(region);
  });
});

const needed = Object.entries(FUNCTIONS).flatMap(([name, [read, env]]) =>
  Object.keys(env).map((variable) => [variable, name, read, env] as const),
);

describe('a missing variable', () => {
  it.each(needed)('%s of %s is named, once', (variable, _name, read, env) => {
    const problems = problemsOf(read, { ...env, [variable]: undefined });

    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${variable} (is missing: )?must `))]);
  });

  it('is reported together with all others', () => {
    for (const [read, env] of Object.values(FUNCTIONS)) {
      const named = problemsOf(read, {}).map((problem) => problem.split(' ')[0]);

      expect(named.sort()).toEqual(Object.keys(env).sort());
    }
  });
});

describe('a local key server', () => {
  it.each(['http://127.0.0.1:4002', 'http://localhost:80', 'http://[::1]:65535'])(
    'at %s is taken',
    (origin) => {
      const env = { ...CALLERS, LOCAL_JWKS_ORIGIN: origin };

      expect(readModerationEnvironment(env).localJwksOrigin).toBe(origin);
    },
  );

  it.each([
    ['AWS_EXECUTION_ENV', 'AWS_Lambda_nodejs24.x'],
    ['AWS_EXECUTION_ENV', 'AWS_Lambda_nodejs22.x'],
    ['AWS_LAMBDA_RUNTIME_API', '127.0.0.1:9001'],
  ])('is refused on Lambda (%s = %s)', (variable, value) => {
    for (const read of [readTokensEnvironment, readModerationEnvironment]) {
      const env = { ...TOKENS, LOCAL_JWKS_ORIGIN: 'http://127.0.0.1:4002', [variable]: value };

      expect(problemsOf(read, env)).toEqual(['LOCAL_JWKS_ORIGIN must not be set on AWS Lambda']);
      expect(problemsOf(read, { ...env, LOCAL_JWKS_ORIGIN: undefined })).toEqual([]);
    }
  });
});
