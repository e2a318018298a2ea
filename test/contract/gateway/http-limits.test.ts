import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixtureGateway, sendRaw, startFixtures } from './start-fixtures.ts';

const SERVERLESS_YML = `
service: fixtures
provider: { name: aws }
functions:
  echo: { handler: dist/echo/index.handler, events: [{ httpApi: GET /pets/dog }] }
  answer: { handler: dist/answer/index.handler, events: [{ httpApi: POST /answer }] }
  slow: { handler: dist/counter/index.handler, events: [{ httpApi: POST /slow }] }
`;

describe('limits of the HTTP API', () => {
  let fixtures: FixtureGateway;
  let origin = '';
  beforeAll(async () => {
    fixtures = await startFixtures(SERVERLESS_YML);
    origin = fixtures.gateway.apiUrl;
  });
  afterAll(() => fixtures.close());

  it('answers 503 when the function takes longer than the integration may', async () => {
    const impatient = await startFixtures(
      SERVERLESS_YML,
      { knobs: { integrationTimeoutMs: 100 } },
      { counter: 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 600));' },
    );
    try {
      expect(await sendRaw(impatient.gateway.apiUrl, '/slow', { method: 'POST' })).toMatchObject({
        status: 503,
        body: '{"message":"Service Unavailable"}',
      });
    } finally {
      await impatient.close();
    }
  });

  it('answers 431 above 10,240 bytes of headers, not at them', async () => {
    const host = new URL(origin).host;
    const fixed = `GET /pets/dog HTTP/1.1\r\nHost: ${host}\r\nConnection: keep-alive\r\nx: \r\n`.length;
    const sendFilled = (bytes: number) =>
      sendRaw(origin, '/pets/dog', { headers: ['Connection', 'keep-alive', 'x', 'y'.repeat(bytes)] });
    expect((await sendFilled(10_240 - fixed)).status).toBe(200);
    expect((await sendFilled(10_241 - fixed)).status).toBe(431);
  });

  it('answers 413 to a body above 10 MB', async () => {
    const headers = ['Content-Type', 'text/plain', 'Content-Length', '10485761'];
    const body = Buffer.alloc(10_485_761, 'x');
    expect(await sendRaw(origin, '/answer', { method: 'POST', headers, body })).toMatchObject({
      status: 413,
      body: '{"message":"Request Entity Too Large"}',
    });
  });

  it.each([
    ['with a length', ['Content-Length', '1001']],
    ['in chunks', ['Transfer-Encoding', 'chunked']],
  ])('answers 413 above the limit, not at it, to a body %s', async (_title, framing) => {
    const small = await startFixtures(SERVERLESS_YML, { knobs: { bodyLimitBytes: 1000 } });
    const post = (body: string, headers: string[]) =>
      sendRaw(small.gateway.apiUrl, '/answer', {
        method: 'POST',
        headers: ['Content-Type', 'text/plain', ...headers],
        body,
      });
    try {
      expect((await post(JSON.stringify('x'.repeat(998)), ['Content-Length', '1000'])).status).toBe(200);
      expect((await post(JSON.stringify('x'.repeat(999)), framing)).status).toBe(413);
    } finally {
      await small.close();
    }
  });
});
