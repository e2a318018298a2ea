import { describe, expect, it } from 'vitest';
import type { GatewayOptions } from '../../../infra/local/gateway/index.ts';
import { startFixtures } from './start-fixtures.ts';

const withFunction = (lines: string, provider = '{ name: aws }') => `
service: fixtures
params:
  default: { shared: from default, empty: '', indirect: 'x-\${param:shared}' }
  local: { shared: from stage }
  prod: { shared: from another stage }
custom: { deep: { number: 3, list: [a, b] }, chosen: !If [Yes, !Ref Table, b] }
provider: ${provider}
functions:
  tokens:
    handler: dist/surroundings/index.handler
${lines.replace(/^/gm, '    ')}
`;

async function environmentOf(value: string, overrides: Partial<GatewayOptions>): Promise<string | undefined> {
  const fixtures = await startFixtures(withFunction(`environment: { VALUE: ${value} }`), overrides);
  try {
    const { payload } = await fixtures.gateway.invoke('tokens', {});
    return (payload as { environment: Record<string, string> }).environment.VALUE;
  } finally {
    await fixtures.close();
  }
}

describe('values of serverless.yml', () => {
  it.each([
    ['a parameter of the options', `"\${param:given}"`, 'given'],
    ['a parameter of the stage before the default', `"\${param:shared}"`, 'from stage'],
    ['an empty parameter', `"\${param:empty, 'not this'}"`, ''],
    ['a parameter that holds a variable', `"\${param:indirect}"`, 'x-from stage'],
    ['a default', `"\${param:none, 'fallback'}"`, 'fallback'],
    ['a default that is a variable', `"\${param:none, \${param:given}}"`, 'given'],
    ['a default after two without a value', `"\${param:none, opt:none, 'last'}"`, 'last'],
    ['a default with a comma', `"\${param:none, 'a, b'}"`, 'a, b'],
    ['a name that holds a variable', `"\${param:gi\${param:suffix}}"`, 'given'],
    [
      'text around variables',
      `"<\${sls:stage}/\${opt:stage}/\${aws:region}/\${opt:region, 'x'}>"`,
      '<local/local/eu-west-1/eu-west-1>',
    ],
    ['a number elsewhere in the file', `"\${self:custom.deep.number}"`, '3'],
    ['a text with $ of its own', `"a$b $ {c}"`, 'a$b $ {c}'],
    ['no parameter that holds a variable without a value', `"<\${param:tricky}>"`, undefined],
    ['!Ref', '!Ref AWS::AccountId', '123456789012'],
    ['!GetAtt', '!GetAtt Table.Arn', 'arn:table'],
    ['!GetAtt as a list', '!GetAtt [Table, Arn]', 'arn:table'],
    ['Ref in its long form', '{ Ref: Table }', 'table'],
    [
      '!Sub',
      `!Sub "\${AWS::AccountId}:\${Table.Arn}:\${param:given}:\${!Kept}"`,
      `123456789012:arn:table:given:\${Kept}`,
    ],
    ['!Sub with values', `!Sub ["\${One}-\${Table}", { One: !Ref Table }]`, 'table-table'],
    ['!If, of a condition that holds', `!If [Yes, !Ref Table, !Ref Absent]`, 'table'],
    ['!If, of a condition that does not', `!If [No, "\${param:absent}", "<\${param:given}>"]`, '<given>'],
    ['!If in !If', `!If [No, a, !If [Yes, !Sub "\${Table}", b]]`, 'table'],
    ['!If in its long form', `{ 'Fn::If': [Yes, a, b] }`, 'a'],
    ['!If in a value elsewhere in the file', `"\${self:custom.chosen}"`, 'table'],
    ['!If in the values of !Sub', `!Sub ["\${One}", { One: !If [Yes, a, b] }]`, 'a'],
    [
      '!Join of what has a value',
      `!Join ['/', [a, !Ref AWS::NoValue, !If [No, b, !Ref AWS::NoValue], c]]`,
      'a/c',
    ],
    ['!Select of a list', `!Select [1, [a, !Ref Table, c]]`, 'table'],
    ['!Select of what !Split makes', `!Select [2, !Split ['-', !Sub "a-b-\${Table}-d"]]`, 'table'],
    ['!Join', `!Join ['/', [a, !Ref Table, "\${sls:stage}"]]`, 'a/table/local'],
  ])('knows %s', async (_title, value, expected) => {
    const environment = environmentOf(value, {
      parameters: { given: 'given', suffix: 'ven', tricky: `\${param:absent}` },
      references: { 'AWS::AccountId': '123456789012', Table: 'table', 'Table.Arn': 'arn:table' },
      conditions: { Yes: true, No: false },
    });
    if (expected === undefined)
      await expect(environment).rejects.toThrow('function tokens, environment.VALUE: ');
    else expect(await environment).toBe(expected);
  });

  it.each([
    [
      'a parameter',
      `environment: { POOL: "\${param:pool}" }`,
      `function tokens, environment.POOL: \${param:pool} has no value`,
    ],
    [
      'a reference',
      'environment: { A: !Ref Table }',
      'function tokens, environment.A: Ref Table has no value',
    ],
    [
      'an attribute',
      'environment: { A: !GetAtt T.Arn }',
      'function tokens, environment.A: Fn::GetAtt T.Arn has no value',
    ],
    [
      'the parent’s environment',
      `environment: { A: "\${env:HOME}" }`,
      `function tokens, environment.A: \${env:HOME} has no value`,
    ],
    [
      'CloudFormation outside of !Sub',
      `environment: { A: "\${AWS::Region}" }`,
      `function tokens, environment.A: \${AWS::Region} has no value outside of Fn::Sub`,
    ],
    [
      'a variable that refers to itself',
      `environment: { A: "\${self:functions.tokens.environment.A}" }`,
      'refers to itself',
    ],
    [
      'an intrinsic function',
      'environment: { A: !ImportValue x }',
      'function tokens, environment.A: Fn::ImportValue is not emulated',
    ],
    [
      'a condition',
      'environment: { A: !If [CreateRoom, a, b] }',
      'function tokens, environment.A: the condition CreateRoom is not known',
    ],
    [
      'a condition of a prototype',
      'environment: { A: !If [constructor, a, b] }',
      'function tokens, environment.A: the condition constructor is not known',
    ],
    [
      'half a choice',
      'environment: { A: !If [CreateRoom, a] }',
      'function tokens, environment.A: Fn::If takes a condition and two values',
    ],
    [
      'no value in a text',
      `environment: { A: !Sub "\${AWS::NoValue}" }`,
      'function tokens, environment.A: Fn::Sub AWS::NoValue has no value',
    ],
    [
      'no list to join',
      `environment: { A: !Join [',', !Ref AWS::NoValue] }`,
      'function tokens, environment.A: Fn::Join joins a list',
    ],
    [
      'a list in the environment',
      'environment: { A: [1] }',
      'function tokens, environment.A: must be a text',
    ],
    ['a time-out', 'timeout: never', 'function tokens, timeout: must be a positive number'],
    ['a queue', 'events: [{ sqs: arn }]', 'function tokens, events: sqs is not emulated'],
    [
      'a relative path',
      'events: [{ httpApi: { method: GET, path: x } }]',
      'function tokens, events.httpApi.path: must be a path that begins with /',
    ],
    [
      'a route that is there twice',
      "events: [{ httpApi: 'GET /x' }, { httpApi: 'get /x' }]",
      'the route GET /x is there twice',
    ],
    ['an image', 'image: x', 'function tokens, image: not emulated'],
    ['YAML that is none', 'environment: {', 'serverless.yml: '],
  ])('does not start with %s that it cannot serve', async (_title, lines, message) => {
    await expect(startFixtures(withFunction(lines))).rejects.toThrow(message);
  });

  it.each([
    ['payload 1.0', "{ httpApi: { payload: '1.0' } }", 'provider.httpApi.payload: only 2.0 is emulated'],
    ['any origin', "{ httpApi: { cors: { allowedOrigins: ['*'] } } }", 'only exact origins are emulated'],
    ['CORS without origins', '{ httpApi: { cors: true } }', 'only exact origins are emulated'],
  ])('does not start with %s', async (_title, provider, message) => {
    await expect(startFixtures(withFunction('timeout: 1', provider))).rejects.toThrow(message);
  });

  it('leaves out what is !Ref AWS::NoValue', async () => {
    const lines = `environment: { KEPT: a, GONE: !Ref AWS::NoValue, CHOSEN: !If [No, a, !Ref AWS::NoValue] }
timeout: !If [No, 3, !Ref AWS::NoValue]
events:
  - !If [Yes, { httpApi: 'GET /there' }, !Ref AWS::NoValue]
  - !If [No, { httpApi: 'GET /gone' }, !Ref AWS::NoValue]`;
    const fixtures = await startFixtures(withFunction(lines), { conditions: { Yes: true, No: false } });
    try {
      const { payload } = await fixtures.gateway.invoke('tokens', {});
      const { environment } = payload as { environment: Record<string, string> };
      expect(environment).toMatchObject({ KEPT: 'a' });
      expect(environment).not.toHaveProperty('GONE');
      expect(environment).not.toHaveProperty('CHOSEN');
      expect((await fetch(`${fixtures.gateway.apiUrl}/there`)).status).toBe(200);
      expect((await fetch(`${fixtures.gateway.apiUrl}/gone`)).status).toBe(404);
    } finally {
      await fixtures.close();
    }
  });

  it('says that a schedule starts nothing here', async () => {
    const fixtures = await startFixtures(withFunction('events: [{ schedule: rate(1 minute) }]'));
    await fixtures.close();
    expect(fixtures.log).toEqual([
      'gateway function tokens: its schedule event is not emulated, nothing starts it by itself',
    ]);
  });
});
