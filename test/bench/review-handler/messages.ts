import { readFileSync } from 'node:fs';
import { eventWith } from '../../unit/review-message/reviewer.ts';

/** Review requests that are measured together. */
export interface MessageSet {
  readonly messages: string;
  readonly events: readonly unknown[];
}

/** The longest message that IVS Chat takes, in code points (service quotas). */
const LONGEST = 500;

/** Shapes that give the engine the most to do: repeated until the message is as long as can be. */
const WORST_CASES: Readonly<Record<string, string>> = {
  'one word': 'a',
  'short words': 'as it is ',
  'spaced letters': 's h i s h i ',
  'dots as in links': 'a.',
  'masked words': 'shit ',
  'look-alike letters': 'ѕһіѕһ',
  'mathematical letters': '𝓼𝓱𝓲𝓼',
  'combining marks': 'a\u0301\u0323',
  'zero-width characters': 's\u200bh\u200b',
};

function longest(unit: string): string {
  return [...unit.repeat(LONGEST)].slice(0, LONGEST).join('');
}

/** The labelled messages of the accuracy tests, and one set for each worst case. */
export function messageSets(): MessageSet[] {
  const labelled = readFileSync(new URL('../../cases/moderation.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => eventWith({ Content: (JSON.parse(line) as { text: string }).text }));
  return [
    { messages: `${labelled.length} labelled messages`, events: labelled },
    ...Object.entries(WORST_CASES).map(([name, unit]) => ({
      messages: `${LONGEST} code points, ${name}`,
      events: [eventWith({ Content: longest(unit) })],
    })),
  ];
}
