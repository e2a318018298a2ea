import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixtureGateway, sendRaw, startFixtures } from './start-fixtures.ts';

const ORIGIN = 'https://chat.example.com';
const SERVERLESS_YML = `
service: fixtures
provider:
  name: aws
  httpApi:
    cors:
      allowedOrigins: ['${ORIGIN}', 'http://localhost:5173']
      allowedMethods: [GET, POST]
      allowedHeaders: [authorization, if-match]
      exposedResponseHeaders: [etag, retry-after]
      allowCredentials: false
      maxAge: 600
functions:
  answer:
    handler: dist/answer/index.handler
    events:
      - httpApi: { method: POST, path: /answer }
      - httpApi: { method: OPTIONS, path: /answer }
`;

describe('CORS of the HTTP API', () => {
  let fixtures: FixtureGateway;
  beforeAll(async () => {
    fixtures = await startFixtures(SERVERLESS_YML);
  });
  afterAll(() => fixtures.close());

  const corsOf = (headers: object) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => /^access-control-|^vary$/.test(name)));
  const answer = (result: unknown, headers: string[] = []) =>
    sendRaw(fixtures.gateway.apiUrl, '/answer', {
      method: 'POST',
      headers: ['Content-Type', 'application/json', ...headers],
      body: JSON.stringify(result),
    });

  it.each([['/answer'], ['/nowhere']])('answers the preflight of %s itself', async (path) => {
    const response = await sendRaw(fixtures.gateway.apiUrl, path, {
      method: 'OPTIONS',
      headers: ['Origin', ORIGIN, 'Access-Control-Request-Method', 'POST'],
    });
    expect(response).toMatchObject({ status: 204, body: '' });
    expect(corsOf(response.headers)).toEqual({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization,if-match',
      'access-control-max-age': '600',
      vary: 'Origin',
    });
    expect(fixtures.gateway.instances()).toEqual([]);
  });

  it.each([
    ['another origin', 'https://evil.example.com'],
    ['another scheme', 'http://chat.example.com'],
    ['another port', `${ORIGIN}:444`],
    ['a longer host', `${ORIGIN}.evil.example`],
    ['upper case', 'https://CHAT.example.com'],
    ['null', 'null'],
  ])('gives no CORS headers to %s', async (_title, origin) => {
    const preflight = await sendRaw(fixtures.gateway.apiUrl, '/answer', {
      method: 'OPTIONS',
      headers: ['Origin', origin, 'Access-Control-Request-Method', 'POST'],
    });
    expect(preflight.status).toBe(204);
    expect(corsOf(preflight.headers)).toEqual({ vary: 'Origin' });
    const actual = await answer({ statusCode: 200 }, ['Origin', origin]);
    expect(actual.status).toBe(200);
    expect(corsOf(actual.headers)).toEqual({ vary: 'Origin' });
  });

  it('hands an OPTIONS request that is no preflight to its route', async () => {
    const { status, body } = await sendRaw(fixtures.gateway.apiUrl, '/answer', {
      method: 'OPTIONS',
      headers: ['Origin', ORIGIN, 'Content-Type', 'text/plain', 'Content-Length', '6'],
      body: '"mine"',
    });
    expect({ status, body }).toEqual({ status: 200, body: 'mine' });
  });

  it('adds its own headers to answers, in place of the function’s', async () => {
    const { headers } = await answer(
      {
        statusCode: 200,
        headers: {
          'Access-Control-Allow-Origin': '*',
          'access-control-allow-credentials': 'true',
          'Access-Control-Expose-Headers': 'x-secret',
          Vary: 'Accept',
        },
      },
      ['Origin', ORIGIN],
    );
    expect(corsOf(headers)).toEqual({
      'access-control-allow-origin': ORIGIN,
      'access-control-expose-headers': 'etag,retry-after',
      vary: 'Accept, Origin',
    });
  });

  it('drops the function’s CORS headers where no origin asks', async () => {
    const { headers } = await answer({ statusCode: 200, headers: { 'access-control-allow-origin': '*' } });
    expect(corsOf(headers)).toEqual({ vary: 'Origin' });
  });

  it('lets a browser read the gateway’s own errors', async () => {
    const { status, headers } = await sendRaw(fixtures.gateway.apiUrl, '/nowhere', {
      headers: ['Origin', ORIGIN],
    });
    expect(status).toBe(404);
    expect(headers['access-control-allow-origin']).toBe(ORIGIN);
  });

  it('leaves the function’s CORS headers alone where none are configured', async () => {
    const plain = await startFixtures(
      SERVERLESS_YML.replace(/ {2}httpApi:\n {4}cors:[\s\S]*?(?=functions:)/, ''),
    );
    try {
      const { headers } = await sendRaw(plain.gateway.apiUrl, '/answer', {
        method: 'POST',
        headers: ['Origin', ORIGIN, 'Content-Type', 'application/json'],
        body: JSON.stringify({ statusCode: 200, headers: { 'access-control-allow-origin': '*' } }),
      });
      expect(corsOf(headers)).toEqual({ 'access-control-allow-origin': '*' });
    } finally {
      await plain.close();
    }
  });
});
