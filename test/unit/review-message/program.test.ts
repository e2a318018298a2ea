import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../../infra/review.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'roomkeeper-review-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(input: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    input,
    encoding: 'utf8',
  });
  return {
    status,
    stderr,
    stdout,
    decisions: () =>
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

function policyFile(policy: unknown): string {
  const file = join(folder, 'policy.json');
  writeFileSync(file, JSON.stringify(policy));
  return file;
}

describe('npm run review', () => {
  it('prints one decision a line for plain and JSON lines', () => {
    const lines = [
      'hello',
      'oh shit',
      '',
      'fuck',
      '{"content":"hi","attributes":{"badge":"x"}}',
      '{not json',
      '{"a":1}',
    ];

    expect(run(`${lines.join('\n')}\n`).decisions()).toMatchObject([
      { result: 'ALLOW', code: null, content: 'hello', ruleIds: [] },
      {
        result: 'ALLOW',
        code: null,
        content: 'oh ****',
        ruleIds: [expect.stringMatching(/^list\.en\.\d+$/)],
      },
      { result: 'DENY', code: 'empty' },
      { result: 'DENY', code: 'blocked-term', content: 'fuck', findings: [{ start: 0, end: 4 }] },
      { result: 'DENY', code: 'attributes' },
      { result: 'ALLOW', content: '{not json' },
      { result: 'ALLOW', content: '{"a":1}' },
    ]);
  });

  it('takes a policy and a role', () => {
    const file = policyFile({
      blockedTerms: [{ term: 'grape', action: 'deny' }],
      exemptRoles: ['moderator'],
    });
    const { decisions } = run('grape\n{"content":"grape","role":"moderator"}\n', '--policy', file);
    expect(decisions()).toMatchObject([{ result: 'DENY' }, { result: 'ALLOW' }]);
  });

  it('refuses a broken policy with its problems', () => {
    const { status, stderr } = run('x\n', '--policy', policyFile({ allowedTerms: ['a*b'] }));
    expect(status).toBe(1);
    expect(stderr).toContain('"field":"allowedTerms","position":0,"code":"wildcard-inside"');
  });

  it('explains itself', () => {
    expect(run('', '--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('usage: npm run review'),
    });
    expect(run('', '--unknown').status).toBe(1);
  });
});
