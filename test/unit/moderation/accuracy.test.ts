import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEngine, DEFAULT_POLICY } from '../../../lib/moderation/index.ts';

interface Case {
  readonly text: string;
  readonly expect: 'ALLOW' | 'DENY';
  readonly kind: string;
}

/** Floors under what the shipped list and the default rules reach: 100 % precision, 84 % recall, no false alarm. */
const MINIMUM_RECALL = 0.82;
const MINIMUM_PRECISION = 0.98;
const MAXIMUM_FALSE_POSITIVE_RATE = 0.01;
/** Kinds in which not one false alarm is accepted. */
const SPOTLESS_KINDS = [
  'clean',
  'cross-word',
  'numeric',
  'url',
  'scunthorpe',
  'multilingual',
  'diacritic-clean',
];

const cases = readFileSync(new URL('../../cases/moderation.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);
const engine = createEngine({ ...DEFAULT_POLICY, links: 'allow' });

/** Denied, or delivered with something starred out. */
function isFlagged(content: string): boolean {
  const decision = engine.review({ content, attributes: {}, sender: { userId: 'u', role: null } });
  return decision.result === 'DENY' || decision.content !== content;
}

describe('the shipped list on the labelled cases', () => {
  const flagged = cases.filter(({ text }) => isFlagged(text));
  const rightly = flagged.filter((one) => one.expect === 'DENY').length;
  const wrongly = flagged.filter((one) => one.expect === 'ALLOW');

  it('finds what it should', () => {
    const offensive = cases.filter((one) => one.expect === 'DENY').length;
    expect(offensive).toBeGreaterThan(150);
    expect(rightly / offensive).toBeGreaterThanOrEqual(MINIMUM_RECALL);
  });

  it('leaves alone what it should', () => {
    const harmless = cases.filter((one) => one.expect === 'ALLOW').length;
    expect(rightly / flagged.length).toBeGreaterThanOrEqual(MINIMUM_PRECISION);
    expect(wrongly.length / harmless).toBeLessThanOrEqual(MAXIMUM_FALSE_POSITIVE_RATE);
  });

  it.each(SPOTLESS_KINDS)('raises no false alarm among %s texts', (kind) => {
    expect(cases.some((one) => one.kind === kind)).toBe(true);
    expect(wrongly.filter((one) => one.kind === kind).map(({ text }) => text)).toEqual([]);
  });
});
