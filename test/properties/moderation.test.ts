import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine, DEFAULT_POLICY, type Engine } from '../../lib/moderation/index.ts';
import { createReviewer, eventWith } from '../unit/review-message/reviewer.ts';

const RUNS = 1_000;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** Texts made of what the engine treats specially, so that rules meet each other. */
const trickyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'shit',
        'fuck',
        'ass',
        'scunthorpe',
        'example.com',
        'sh1t',
        'f*ck',
        'a$$',
        'kill yourself',
      ),
      fc.constantFrom(
        ' ',
        '.',
        '*',
        '-',
        '1',
        '$',
        "'",
        '\u200b',
        '\u0301',
        'а',
        'υ',
        '🅱',
        '🇬',
        '🖕',
        'ﬁ',
        '𝓼',
        'ß',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));
const grapheme = fc.string({ unit: 'grapheme', maxLength: 60 });

const engine = createEngine(DEFAULT_POLICY);
const review = (content: string, by: Engine = engine) =>
  by.review({ content, attributes: {}, sender: { userId: 'u', role: null } });
const codePoints = (text: string) => [...text].length;
const check = <Values extends [unknown, ...unknown[]]>(property: fc.IProperty<Values>) =>
  fc.assert(property, { numRuns: RUNS });

describe('the engine', () => {
  it('decides about any text without throwing, with spans inside the text', () => {
    check(
      fc.property(fc.oneof(trickyText, fc.string({ unit: 'binary', maxLength: 600 })), (content) => {
        const decision = review(content);
        const findings = decision.result === 'DENY' ? decision.findings : decision.masked;
        for (const { start, end } of findings) {
          expect(0 <= start && start < end && end <= content.length).toBe(true);
        }
      }),
    );
  });

  it('masks to a text that is no longer and that passes unchanged', () => {
    check(
      fc.property(trickyText, (content) => {
        const decision = review(content);
        if (decision.result === 'DENY') return;
        expect(codePoints(decision.content)).toBeLessThanOrEqual(codePoints(content));
        expect(decision.content === content).toBe(decision.masked.length === 0);
        const again = review(decision.content);
        expect(again).toMatchObject({ result: 'ALLOW', content: decision.content, masked: [] });
      }),
    );
  });

  it('finds a word of its own terms between any two blanks', () => {
    const word = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 2, maxLength: 12 });
    check(
      fc.property(word, grapheme, grapheme, (term, before, after) => {
        const own = createEngine({
          ...DEFAULT_POLICY,
          lists: [],
          blockedTerms: [{ term, action: 'deny' }],
          links: 'allow',
        });
        expect(review(`${before} ${term.toUpperCase()} ${after}`, own).result).toBe('DENY');
      }),
    );
  });

  it('agrees with a search word by word on plain letters', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 2, maxLength: 5 });
    const kinds = fc.constantFrom(['', ''], ['', '*'], ['*', ''], ['*', '*']);
    check(
      fc.property(
        word,
        kinds,
        fc.array(word, { minLength: 1, maxLength: 6 }),
        (literal, [head, tail], words) => {
          const term = `${head}${literal}${tail}`;
          const own = createEngine({
            ...DEFAULT_POLICY,
            lists: [],
            blockedTerms: [{ term, action: 'deny' }],
            links: 'allow',
          });
          const letters = [...literal.matchAll(/a+|b+/g)].map(([run]) => `${run}${run[0]}*`).join('');
          const pattern = new RegExp(`${head ? '' : '^'}${letters}${tail ? '' : '$'}`);
          const expected = words.some((one) => pattern.test(one));
          expect(review(words.join(' '), own).result).toBe(expected ? 'DENY' : 'ALLOW');
        },
      ),
    );
  });

  it('answers the same for the same input', () => {
    check(
      fc.property(trickyText, (content) => {
        expect(review(content)).toEqual(review(content));
      }),
    );
  });
});

describe('the review function', () => {
  const json = fc.oneof(
    fc.jsonValue(),
    fc
      .record(
        {
          Content: fc.oneof(trickyText, fc.jsonValue()),
          Attributes: fc.oneof(fc.dictionary(fc.string(), fc.string()), fc.jsonValue()),
          Sender: fc.oneof(fc.record({ UserId: fc.string(), Attributes: fc.jsonValue() }), fc.jsonValue()),
          MessageId: fc.oneof(fc.constant('MnOpQrStUvWx'), fc.jsonValue()),
        },
        { requiredKeys: [] },
      )
      .map((members) => eventWith(members)),
  );

  it.each(['deny', 'allow'] as const)(
    'answers any JSON value as IVS requires (failures %s)',
    async (onFailure) => {
      const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
      const working = createReviewer({ onFailure });
      const failing = createReviewer({ onFailure, policyOf: () => Promise.reject(new Error('x')) });
      await fc.assert(
        fc.asyncProperty(json, async (event) => {
          for (const { review: answerTo } of [working, failing]) {
            const {
              ReviewResult,
              Content,
              Attributes = {},
              ...rest
            } = await answerTo(structuredClone(event));
            expect(rest).toEqual({});
            expect(['ALLOW', 'DENY']).toContain(ReviewResult);
            expect(typeof Content).toBe('string');
            if (ReviewResult === 'ALLOW')
              expect(codePoints(Content) >= 1 && codePoints(Content) <= 500).toBe(true);
            else expect(Attributes.Reason).toMatch(/^[a-z-]+(?:;retry-after=\d+)?$/);
            expect(Object.values(Attributes).every((value) => typeof value === 'string')).toBe(true);
            expect(Buffer.byteLength(JSON.stringify(Attributes))).toBeLessThanOrEqual(1024);
          }
        }),
        { numRuns: RUNS },
      );
      expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before);
    },
  );
});
