import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixtureGateway, sendRaw, startFixtures } from './start-fixtures.ts';

const SERVERLESS_YML = `
service: fixtures
provider: { name: aws }
functions:
  echo:
    handler: dist/echo/index.handler
    events:
      - httpApi: { method: GET, path: '/rooms/{roomId}/users/{userId}' }
      - httpApi: '*'
`;

interface Event {
  readonly [member: string]: unknown;
  readonly headers: Record<string, string>;
  readonly requestContext: { readonly http: Record<string, string>; readonly [member: string]: unknown };
}

describe('the event of an HTTP API, payload format 2.0', () => {
  let fixtures: FixtureGateway;
  beforeAll(async () => {
    fixtures = await startFixtures(SERVERLESS_YML);
  });
  afterAll(() => fixtures.close());

  const eventOf = async (path: string, request: Parameters<typeof sendRaw>[2] = {}): Promise<Event> => {
    const { status, body } = await sendRaw(fixtures.gateway.apiUrl, path, request);
    expect(status).toBe(200);
    return JSON.parse(Buffer.from(body, 'latin1').toString('utf8')) as Event;
  };

  it('has exactly the members that AWS documents', async () => {
    const before = fixtures.clock.now();
    const event = await eventOf('/rooms/a/users/b?x=1', {
      headers: ['User-Agent', 'me', 'X-Amzn-Trace-Id', 'Root=1'],
    });
    const { requestContext } = event;
    expect(requestContext.timeEpoch).toBeGreaterThanOrEqual(before);
    expect(requestContext.time).toMatch(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/);
    const { host, port } = new URL(fixtures.gateway.apiUrl);
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'GET /rooms/{roomId}/users/{userId}',
      rawPath: '/rooms/a/users/b',
      rawQueryString: 'x=1',
      headers: {
        'content-length': '0',
        host,
        'user-agent': 'me',
        'x-amzn-trace-id': 'Root=1',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': port,
        'x-forwarded-proto': 'http',
      },
      queryStringParameters: { x: '1' },
      pathParameters: { roomId: 'a', userId: 'b' },
      requestContext: {
        accountId: '123456789012',
        apiId: 'local00000',
        domainName: 'local00000.execute-api.eu-west-1.amazonaws.com',
        domainPrefix: 'local00000',
        http: {
          method: 'GET',
          path: '/rooms/a/users/b',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'me',
        },
        requestId: expect.stringMatching(/^[\w+/]{15}=$/),
        routeKey: 'GET /rooms/{roomId}/users/{userId}',
        stage: '$default',
        time: requestContext.time,
        timeEpoch: requestContext.timeEpoch,
      },
      isBase64Encoded: false,
    });
  });

  it('leaves out what there is none of', async () => {
    const event = await eventOf('/');
    for (const member of ['body', 'cookies', 'queryStringParameters', 'pathParameters', 'stageVariables']) {
      expect(event).not.toHaveProperty(member);
    }
    expect(event).toMatchObject({ routeKey: '$default', rawQueryString: '' });
  });

  it('joins repeated headers with commas under their lower-case name', async () => {
    const { headers } = await eventOf('/', {
      headers: ['X-Twice', 'one', 'x-twice', 'two', 'Authorization', 'Bearer a', 'authorization', 'Bearer b'],
    });
    expect(headers).toMatchObject({ 'x-twice': 'one,two', authorization: 'Bearer a,Bearer b' });
  });

  it('gives cookies a member of their own', async () => {
    const event = await eventOf('/', { headers: ['Cookie', 'a=1; b=2', 'cookie', 'c=3'] });
    expect(event.cookies).toEqual(['a=1', 'b=2', 'c=3']);
    expect(event.headers).not.toHaveProperty('cookie');
  });

  it('adds its own address to x-forwarded-for', async () => {
    const { headers } = await eventOf('/', { headers: ['X-Forwarded-For', '203.0.113.9'] });
    expect(headers['x-forwarded-for']).toBe('203.0.113.9, 127.0.0.1');
  });

  it.each([
    ['a=1&a=2&b=3', { a: '1,2', b: '3' }],
    ['q=a%20b+c&empty=&bare', { q: 'a b c', empty: '', bare: '' }],
    ['n%C3%A4me=%E2%9C%93', { näme: '✓' }],
    ['__proto__=x', JSON.parse('{"__proto__":"x"}') as Record<string, string>],
  ])('hands on the query %s decoded and joined, and as it was sent', async (query, parameters) => {
    const event = await eventOf(`/x?${query}`);
    expect(event.rawQueryString).toBe(query);
    expect(event.queryStringParameters).toEqual(parameters);
  });

  it.each([
    ['a%2Fb', 'a/b'],
    ['a%00b', 'a\u0000b'],
    ['%E2%9C%93', '✓'],
    ['a+b', 'a+b'],
    ['%25', '%'],
    ['..%2f..', '../..'],
  ])('decodes the path parameter %s', async (sent, decoded) => {
    const event = await eventOf(`/rooms/${sent}/users/u`);
    expect(event.pathParameters).toEqual({ roomId: decoded, userId: 'u' });
    expect(event.rawPath).toBe(`/rooms/${decoded}/users/u`);
  });

  it.each([['/rooms/%zz/users/u'], ['/%ff']])('answers 400 to the path %s', async (path) => {
    expect(await sendRaw(fixtures.gateway.apiUrl, path)).toMatchObject({
      status: 400,
      body: '{"message":"Bad Request"}',
    });
  });

  it.each([
    ['application/json', '{"é":1}', false],
    ['application/json; charset=utf-8', '{}', false],
    ['Application/JSON', '{}', false],
    ['text/plain', 'é', false],
    ['application/xml', '<a/>', false],
    ['application/x-www-form-urlencoded', 'a=b', true],
    ['application/octet-stream', '\u0000ÿ', true],
    ['application/jsonp', 'x', true],
    [null, 'no type', true],
  ])('hands on a body of type %s', async (type, text, isBase64Encoded) => {
    const body = Buffer.from(text);
    const headers = ['Content-Length', String(body.length), ...(type ? ['Content-Type', type] : [])];
    const event = await eventOf('/', { method: 'POST', headers, body });
    expect(event).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? body.toString('base64') : text });
    expect(event.headers['content-length']).toBe(String(body.length));
  });

  it('hands on a chunked body with its length', async () => {
    const headers = ['Transfer-Encoding', 'chunked', 'Content-Type', 'text/plain'];
    const event = await eventOf('/', { method: 'POST', headers, body: 'chunks' });
    expect(event).toMatchObject({ body: 'chunks', isBase64Encoded: false });
    expect(event.headers).toMatchObject({ 'content-length': '6' });
    expect(event.headers).not.toHaveProperty('transfer-encoding');
  });

  it('tells the time of the local stack', async () => {
    const before = (await eventOf('/')).requestContext.timeEpoch as number;
    fixtures.clock.advance(3_600_000);
    const after = (await eventOf('/')).requestContext.timeEpoch as number;
    expect(after - before).toBeGreaterThanOrEqual(3_600_000);
  });

  it('keeps the path as it was sent when told to', async () => {
    const asSent = await startFixtures(SERVERLESS_YML, { knobs: { rawPath: 'as-sent' } });
    try {
      const { body } = await sendRaw(asSent.gateway.apiUrl, '/rooms/a%2Fb/users/u');
      expect(JSON.parse(body)).toMatchObject({
        rawPath: '/rooms/a%2Fb/users/u',
        pathParameters: { roomId: 'a/b' },
      });
    } finally {
      await asSent.close();
    }
  });
});
