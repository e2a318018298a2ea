import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJsonObject } from '../../../lib/auth/strict-json.ts';

const RUNS = 300;

/** Names that a careless reader would take for structure, or for each other. */
const name = fc.oneof(
  fc.constantFrom(
    '',
    'sub',
    '__proto__',
    'constructor',
    '"',
    '\\',
    '\\"',
    '{',
    '}',
    '[',
    ':',
    ',',
    '\u2028',
    'é',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const anObject = fc.dictionary(name, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6, noNullPrototype: true });

/** One name in the many ways in which JSON lets it be spelled. */
const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => JSON.stringify(text),
  (text) => `"${[...text.split('')].map((unit) => `\\u${hex(unit)}`).join('')}"`,
  (text) => `"${[...text.split('')].map((unit) => `\\u${hex(unit).toUpperCase()}`).join('')}"`,
];
const hex = (unit: string) => unit.charCodeAt(0).toString(16).padStart(4, '0');

/** Something around an object that keeps the whole a JSON object. */
const WRAPPINGS: readonly ((inner: string) => string)[] = [
  (inner) => inner,
  (inner) => `{"a":${inner}}`,
  (inner) => `{"a":[1,${inner}],"b":"}"}`,
  (inner) => `{"b":{"c":"\\"{"},"a":[[${inner}]]}`,
  (inner) => ` {\n\t"a" :\r${inner} , "b" : { } }`,
];

describe('strict JSON', () => {
  it('reads what JSON.parse reads when no member is repeated', () => {
    fc.assert(
      fc.property(anObject, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(JSON.stringify(parseStrictJsonObject(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: RUNS },
    );
  });

  it('refuses a repeated member wherever it is and however it is spelled', () => {
    const members = fc.uniqueArray(fc.tuple(name, fc.jsonValue({ maxDepth: 2 })), {
      selector: ([key]) => key,
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        members,
        fc.nat(),
        fc.nat(),
        fc.constantFrom(...SPELLINGS),
        fc.constantFrom(...WRAPPINGS),
        (entries, which, where, spell, wrap) => {
          const written = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
          const once = wrap(`{${written.join(',')}}`);
          const [repeated] = entries[which % entries.length] ?? [''];
          const twice = wrap(
            `{${written.toSpliced(where % (entries.length + 1), 0, `${spell(repeated)}: 1`).join(',')}}`,
          );

          expect(() => parseStrictJsonObject(once)).not.toThrow();
          expect(() => JSON.parse(twice)).not.toThrow();
          expect(() => parseStrictJsonObject(twice)).toThrow(new SyntaxError('a member is named twice'));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('takes one name in two objects', () => {
    const text = '{"a":{"x":1,"a":2},"b":[{"x":1},{"x":2}]}';

    expect(parseStrictJsonObject(text)).toEqual(JSON.parse(text));
  });

  it.each(['null', '[]', '[{}]', '"{}"', '1', 'true', '', '{', '{"a":1,}', "{'a':1}", '{"a":NaN}', '{} {}'])(
    'refuses %j: no JSON object',
    (text) => {
      expect(() => parseStrictJsonObject(text)).toThrow(SyntaxError);
    },
  );

  it('reads 16 levels and refuses 17', () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;

    expect(() => parseStrictJsonObject(nested(16))).not.toThrow();
    expect(() => parseStrictJsonObject(nested(17))).toThrow(new SyntaxError('nested too deeply'));
    expect(() => parseStrictJsonObject(`{"a":${'['.repeat(16)}${']'.repeat(16)}}`)).toThrow(
      new SyntaxError('nested too deeply'),
    );
  });
});
