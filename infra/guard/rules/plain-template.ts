import type { Rule } from '../rule.ts';

const SECTIONS: readonly string[] = [
  'AWSTemplateFormatVersion',
  'Description',
  'Parameters',
  'Conditions',
  'Resources',
  'Outputs',
];
/** Intrinsic functions whose result the template itself tells. */
const FUNCTIONS = ['And', 'Equals', 'GetAtt', 'If', 'Join', 'Not', 'Or', 'Select', 'Split', 'Sub'].map(
  (name) => `Fn::${name}`,
);

/** What is deployed is what the rules have read: nothing is transformed, imported or looked up on the way. */
export const templateIsPlain: Rule = {
  name: 'template-is-plain',
  *check(template) {
    for (const [section, content] of Object.entries(template)) {
      if (!SECTIONS.includes(section)) yield ['template', `has a section ${section}`];
      for (const foreign of foreignIn(content))
        yield [section, `has ${foreign}, whose value stands elsewhere`];
    }
  },
};

function* foreignIn(value: unknown): Iterable<string> {
  if (typeof value === 'string' && value.includes('{{resolve:')) yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key.startsWith('Fn::') && !FUNCTIONS.includes(key)) yield key;
    yield* foreignIn(inner);
  }
}
