import { describe, expect, it } from 'vitest';
import { startFixtures } from './start-fixtures.ts';

const service = (lines: string) => `
service: fixtures
custom:
  none: !If [Yes, !Ref AWS::NoValue, 3]
  branches: [Yes, 1, 2]
  name: Yes
functions:
  surroundings:
    handler: dist/surroundings/index.handler
    ${lines}
`;
const OPTIONS = { conditions: { Yes: true, No: false }, references: { Table: 'table' } };

async function environmentOf(members: string): Promise<Record<string, string>> {
  const fixtures = await startFixtures(service(`environment: { KEPT: kept, ${members} }`), OPTIONS);
  try {
    const { payload } = await fixtures.gateway.invoke('surroundings', {});
    const { environment } = payload as { environment: Record<string, string> };
    return Object.fromEntries(Object.entries(environment).filter(([name]) => /^(KEPT|VALUE)$/.test(name)));
  } finally {
    await fixtures.close();
  }
}

const NONE = `"\${self:custom.none}"`;
const NONE_OR_ZERO = `"\${self:custom.none, 0}"`;

describe('AWS::NoValue that a variable leads to', () => {
  it.each([NONE, NONE_OR_ZERO, `"\${param:absent, \${self:custom.none}, 0}"`])(
    'as %s takes its member out, and no fallback',
    async (value) => {
      expect(await environmentOf(`VALUE: ${value}`)).toEqual({ KEPT: 'kept' });
    },
  );

  it('takes its list item out', async () => {
    const value = `!Join ['/', [a, ${NONE}, ${NONE_OR_ZERO}, b]]`;
    expect(await environmentOf(`VALUE: ${value}`)).toMatchObject({ VALUE: 'a/b' });
  });

  it('leaves a function without its option', async () => {
    const lines = `reservedConcurrency: ${NONE_OR_ZERO}\n    timeout: ${NONE}`;
    const fixtures = await startFixtures(service(lines), OPTIONS);
    try {
      expect(await fixtures.gateway.invoke('surroundings', {})).toMatchObject({ functionError: null });
    } finally {
      await fixtures.close();
    }
  });

  it.each([
    [`"<\${self:custom.none}>"`, 'AWS::NoValue cannot be part of a text'],
    [`!Sub ${NONE}`, 'Fn::Sub takes a text'],
    [`!Sub ["\${One}", { One: ${NONE} }]`, 'Fn::Sub One has no value'],
    [`!Join ${NONE}`, 'Fn::Join takes a list'],
    [`!Select ${NONE}`, 'Fn::Select takes a list'],
    [`!Split ${NONE}`, 'Fn::Split takes a list'],
    [`!Select [0, !Split ['-', ${NONE}]]`, 'Fn::Split takes a delimiter and a text'],
  ])('is refused as %s', async (value, message) => {
    await expect(environmentOf(`VALUE: ${value}`)).rejects.toThrow(message);
  });
});

describe('!If', () => {
  it('takes the name of its condition from a variable', async () => {
    const value = `!If ["\${self:custom.name}", a, !Ref Absent]`;
    expect(await environmentOf(`VALUE: ${value}`)).toMatchObject({ VALUE: 'a' });
  });

  it('refuses a variable that leads to all of it', async () => {
    await expect(environmentOf(`VALUE: !If "\${self:custom.branches}"`)).rejects.toThrow(
      'environment.VALUE: Fn::If takes a condition and two values, written out',
    );
  });

  it('refuses AWS::NoValue for a condition', async () => {
    await expect(environmentOf(`VALUE: !If [${NONE}, a, b]`)).rejects.toThrow(
      'the condition Symbol(AWS::NoValue) is not known',
    );
  });
});
