import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asProblem, PROBLEM_CODES, PROBLEMS, ProblemError } from '../../../lib/errors/index.ts';

describe('the table of problems', () => {
  it('has as many codes as are written in it: none stands twice', () => {
    const source = readFileSync(new URL('../../../lib/errors/problem-codes.ts', import.meta.url), 'utf8');
    const written = [...source.matchAll(/^ {2}'?([\w-]+)'?: \{$/gm)].map(([, code]) => code);

    expect(written).toEqual(PROBLEM_CODES);
  });

  it('inherits nothing: a name that comes from outside finds codes only', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(name in PROBLEMS).toBe(false);
    }
    expect(PROBLEM_CODES.length).toBeGreaterThan(20);
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(PROBLEMS)).toBe(true);
    expect(Object.isFrozen(PROBLEM_CODES)).toBe(true);
  });

  it.each(PROBLEM_CODES)(
    'names %s in kebab case, with an error status, a title and a description',
    (code) => {
      const { status, title, description } = PROBLEMS[code];

      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(description).toMatch(/^[A-Z].*[.>]$/);
    },
  );

  it('has titles that tell codes apart', () => {
    const titles = PROBLEM_CODES.map((code) => PROBLEMS[code].title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it.each(PROBLEM_CODES.filter((code) => code.startsWith('upstream-')))(
    '%s is a failure on our side of the API: what refuses us has not refused the caller',
    (code) => {
      expect([502, 503, 504]).toContain(PROBLEMS[code].status);
    },
  );
});

describe('a problem', () => {
  it('has the status and description of its code', () => {
    expect(new ProblemError('room-not-found')).toMatchObject({
      name: 'ProblemError',
      message: 'Room not found',
      code: 'room-not-found',
      statusCode: 404,
      detail: 'There is no such room.',
      retryAfterSeconds: undefined,
      errors: undefined,
    });
  });

  it('takes what its occurrence adds', () => {
    const cause = new Error('secret');
    const errors = [{ pointer: '/a', detail: 'expected b' }];
    const problem = new ProblemError('invalid-body', { detail: 'x', retryAfterSeconds: 3, errors, cause });

    expect(problem).toMatchObject({ detail: 'x', retryAfterSeconds: 3, errors, cause });
    expect(problem.message).not.toContain('secret');
  });

  it('has no cause unless it is given one', () => {
    expect('cause' in new ProblemError('internal')).toBe(false);
    expect('cause' in new ProblemError('internal', { cause: undefined })).toBe(true);
  });

  it.each([new Error('secret'), new TypeError('secret'), 'secret', undefined, { code: 'role-too-low' }])(
    'is made of anything else that was thrown (%s), which stays inside',
    (thrown) => {
      const problem = asProblem(thrown);
      expect(problem).toMatchObject({ code: 'internal', statusCode: 500, cause: thrown });
      expect(problem.detail + problem.message).not.toContain('secret');
    },
  );

  it('stays itself', () => {
    const problem = new ProblemError('role-too-low');
    expect(asProblem(problem)).toBe(problem);
  });
});
