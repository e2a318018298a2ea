import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES, PROBLEMS } from '../../../lib/errors/index.ts';

const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
const table = page.split('\n## Codes\n')[1] ?? '';
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));

describe('docs/errors.md', () => {
  it('lists every code with its status, in the order of the table in lib/errors, and no other', () => {
    expect(rows.map(([, code, status]) => [code, Number(status)])).toEqual(
      PROBLEM_CODES.map((code) => [code, PROBLEMS[code].status]),
    );
  });

  it('says of each what it means and what a client does', () => {
    for (const [, code, , meaning, action, ...rest] of rows) {
      expect(meaning, code).toMatch(/^[A-Z].+\.$/);
      expect(action, code).toMatch(/^[A-Z].+\.$/);
      expect(rest, code).toEqual(['']);
    }
  });

  it('says for every status what a client does', () => {
    const advice = (page.split('\n## What a client does\n')[1] ?? '').split('\n## ')[0] ?? '';
    const advised = [...advice.matchAll(/^- \*\*(.+)\*\*/gm)].flatMap(([, list = '']) =>
      list.split(', ').map(Number),
    );
    const used = new Set(PROBLEM_CODES.map((code) => PROBLEMS[code].status));
    expect(advised.toSorted()).toEqual([...used].toSorted());
  });

  it('shows an example that is one of ours', () => {
    const example: unknown = JSON.parse(/```json\n([^`]+)```/.exec(page)?.[1] ?? '');
    const { status, title, description: detail } = PROBLEMS['upstream-throttled'];
    expect(example).toEqual({
      type: 'urn:roomkeeper:problem:upstream-throttled',
      title,
      status,
      detail,
      code: 'upstream-throttled',
      requestId: expect.any(String),
      retryAfterSeconds: expect.any(Number),
    });
  });
});
