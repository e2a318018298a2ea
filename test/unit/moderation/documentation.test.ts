import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, DENIAL_CODES, formatReason } from '../../../lib/moderation/index.ts';

const page = readFileSync(new URL('../../../docs/review.md', import.meta.url), 'utf8');

function rowsAfter(heading: string): string[][] {
  const section = page.slice(page.indexOf(heading)).split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, first = '', second = '']) => [
    first,
    second,
  ]);
}

describe('docs/review.md', () => {
  it('lists every denial code with its meaning', () => {
    expect(rowsAfter('## Reasons')).toEqual(Object.entries(DENIAL_CODES));
  });

  it('lists every field of the policy', () => {
    const fields = rowsAfter('## The policy').map(([field]) => field);
    expect(fields).toEqual(Object.keys(DEFAULT_POLICY));
  });
});

describe('a reason', () => {
  it.each([
    [formatReason('link'), 'link'],
    [formatReason('unavailable', 3), 'unavailable;retry-after=3'],
    [formatReason('unavailable', 2.2), 'unavailable;retry-after=3'],
  ])('%s', (reason, expected) => {
    expect(reason).toBe(expected);
  });
});
