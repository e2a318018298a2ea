import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixtureGateway, sendRaw, startFixtures } from './start-fixtures.ts';

const SERVERLESS_YML = `
service: fixtures
provider: { name: aws }
functions:
  echo:
    handler: dist/echo/index.handler
    events:
      - httpApi: { method: GET, path: /pets/dog }
      - httpApi: { method: GET, path: '/pets/{id}' }
      - httpApi: { method: GET, path: '/pets/{rest+}' }
      - httpApi: { method: '*', path: '/pets/{id}' }
      - httpApi: 'PUT /pets/{id}/name'
  answer:
    handler: dist/answer/index.handler
    events:
      - httpApi: { method: POST, path: /answer }
  misbehave:
    handler: dist/misbehave/index.handler
    timeout: 1
    events:
      - httpApi: { method: POST, path: /misbehave }
`;
const INTERNAL = { status: 500, body: '{"message":"Internal Server Error"}' };

describe('answers of the HTTP API', () => {
  let fixtures: FixtureGateway;
  let origin = '';
  beforeAll(async () => {
    fixtures = await startFixtures(SERVERLESS_YML);
    origin = fixtures.gateway.apiUrl;
  });
  afterAll(() => fixtures.close());

  const answerTo = (result: unknown) =>
    sendRaw(origin, '/answer', {
      method: 'POST',
      headers: ['Content-Type', 'application/json'],
      body: JSON.stringify(result),
    });

  it.each([
    ['GET', '/pets/dog', 'GET /pets/dog'],
    ['GET', '/pets/cat', 'GET /pets/{id}'],
    ['GET', '/pets/cat/tail', 'GET /pets/{rest+}'],
    ['DELETE', '/pets/cat', 'ANY /pets/{id}'],
    ['DELETE', '/pets/dog', 'ANY /pets/{id}'],
    ['PUT', '/pets/cat/name', 'PUT /pets/{id}/name'],
  ])('sends %s %s to %s', async (method, path, routeKey) => {
    const { body } = await sendRaw(origin, path, { method });
    expect(JSON.parse(body)).toMatchObject({ routeKey });
  });

  it.each([
    ['GET', '/'],
    ['GET', '/answer'],
    ['GET', '/pets'],
    ['GET', '/pets/'],
    ['PUT', '/pets/cat/name/'],
    ['PUT', '/pets//name'],
    ['GET', '/PETS/dog'],
  ])('answers 404 to %s %s, which no route takes', async (method, path) => {
    expect(await sendRaw(origin, path, { method })).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/json' },
      body: '{"message":"Not Found"}',
    });
  });

  it('sends status, headers, cookies and body', async () => {
    const { status, headers, body } = await answerTo({
      statusCode: 201,
      headers: {
        'X-Number': 3,
        'Content-Type': 'application/problem+json',
        'Content-Length': '999',
        'Transfer-Encoding': 'chunked',
        Trailer: 'x-checksum',
      },
      cookies: ['a=1; Path=/', 'b=2'],
      body: '{}',
    });
    expect({ status, body }).toEqual({ status: 201, body: '{}' });
    expect(headers).not.toHaveProperty('transfer-encoding');
    expect(headers).not.toHaveProperty('trailer');
    expect(headers).toMatchObject({
      'x-number': '3',
      'content-type': 'application/problem+json',
      'content-length': '2',
      'set-cookie': ['a=1; Path=/', 'b=2'],
      'apigw-requestid': expect.any(String),
    });
  });

  it.each([
    ['a body in base64', { statusCode: 200, body: '/wA=', isBase64Encoded: true }, 200, '\xff\x00'],
    ['no body', { statusCode: 204 }, 204, ''],
    ['an object without statusCode', { hello: 1 }, 200, '{"hello":1}'],
    ['a list', [1], 200, '[1]'],
    ['a text', 'hello', 200, 'hello'],
    ['null', null, 200, 'null'],
    ['an error of the application', { statusCode: 503, body: 'x' }, 503, 'x'],
  ])('accepts %s', async (_title, result, status, body) => {
    expect(await answerTo(result)).toMatchObject({ status, body });
  });

  it('names a type where the function names none', async () => {
    expect((await answerTo({ statusCode: 200, body: 'x' })).headers['content-type']).toBe(
      'text/plain;charset=UTF-8',
    );
    expect((await answerTo({ body: 'x' })).headers['content-type']).toBe('application/json');
  });

  it.each([
    ['a status that is a text', { statusCode: '200' }],
    ['a status with a fraction', { statusCode: 200.5 }],
    ['a status that is null', { statusCode: null }],
    ['a status below 200', { statusCode: 100 }],
    ['a status above 599', { statusCode: 1000 }],
    ['a body that is an object', { statusCode: 200, body: {} }],
    ['a body that is a number', { statusCode: 200, body: 1 }],
    ['headers that are a list', { statusCode: 200, headers: [] }],
    ['a header that is a list', { statusCode: 200, headers: { a: ['b'] } }],
    ['a header with a line break', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a header name with a space', { statusCode: 200, headers: { 'a b': 'c' } }],
    ['cookies that are a text', { statusCode: 200, cookies: 'a=1' }],
    ['isBase64Encoded that is a text', { statusCode: 200, body: '', isBase64Encoded: 'true' }],
  ])('answers 500 for %s', async (_title, result) => {
    expect(await answerTo(result)).toMatchObject(INTERNAL);
  });

  it.each([['throw'], ['exitThree'], ['bigint'], ['tooLarge'], ['unsettled'], ['loop']])(
    'answers 500 and nothing about the error when the function fails (%s)',
    async (how) => {
      const headers = ['Content-Type', 'application/json'];
      const body = JSON.stringify({ how });
      expect(await sendRaw(origin, '/misbehave', { method: 'POST', headers, body })).toMatchObject(INTERNAL);
    },
  );

  it('answers 502 instead when told to', async () => {
    const other = await startFixtures(SERVERLESS_YML, { knobs: { lambdaErrorStatus: 502 } });
    try {
      expect(await sendRaw(other.gateway.apiUrl, '/answer', { method: 'POST' })).toMatchObject({
        ...INTERNAL,
        status: 502,
      });
    } finally {
      await other.close();
    }
  });

  it('outlives an error after the answer was sent, and leaves the answer whole', async () => {
    const lines: string[] = [];
    const other = await startFixtures(SERVERLESS_YML, {
      log: (line) => {
        if (line.includes('GET /pets/dog 200')) throw new Error('no space left');
        lines.push(line);
      },
    });
    try {
      expect((await sendRaw(other.gateway.apiUrl, '/pets/dog')).status).toBe(200);
      expect((await sendRaw(other.gateway.apiUrl, '/pets/cat')).status).toBe(200);
      expect(lines).toContain('gateway GET failed: no space left');
    } finally {
      await other.close();
    }
  });

  it('suffers the faults that are put in front of it', async () => {
    fixtures.faults.add({ target: 'gateway', times: 1, fault: { mode: 'status', status: 418 } });
    expect((await sendRaw(origin, '/pets/dog')).status).toBe(418);
    expect((await sendRaw(origin, '/pets/dog')).status).toBe(200);
  });

  it('logs routes, never paths', async () => {
    await sendRaw(origin, '/pets/canary?token=canary');
    expect(fixtures.log.join('\n')).toMatch(/GET \/pets\/\{id\} 200/);
    expect(fixtures.log.join('\n')).not.toContain('canary');
  });
});
