import { ResourceNotFoundException, ValidationException } from '@aws-sdk/client-ivschat';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, roomArn, type StandIn, startStandIn, UNKNOWN_ROOM } from './stand-in.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let standIn: StandIn;

beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());

describe('requests that are not restJson1', () => {
  it.each([
    ['broken JSON', '{"name":', 400, 'SerializationException'],
    ['text behind the JSON', '{} x', 400, 'SerializationException'],
    ['a list', '[]', 400, 'SerializationException'],
    ['a number', '10', 400, 'SerializationException'],
    ['null', 'null', 400, 'SerializationException'],
    ['a byte order mark', '\uFEFF{}', 400, 'SerializationException'],
    [
      'invalid UTF-8',
      new Uint8Array([...Buffer.from('{"name":"'), 0xff, ...Buffer.from('"}')]),
      400,
      'SerializationException',
    ],
    ['a body of more than a mebibyte', `${' '.repeat(1024 * 1024)}{}`, 413, 'RequestEntityTooLargeException'],
    ['a number as a string', '{"name":5}', 400, 'SerializationException'],
    ['a string as a number', '{"maximumMessageLength":"5"}', 400, 'SerializationException'],
    ['a fraction', '{"maximumMessageLength":1.5}', 400, 'SerializationException'],
    ['an integer of more than 32 bits', '{"maximumMessageLength":2147483648}', 400, 'SerializationException'],
    ['a string as a structure', '{"messageReviewHandler":"x"}', 400, 'SerializationException'],
    ['a list as a map', '{"tags":[]}', 400, 'SerializationException'],
    ['a null value in a map', '{"tags":{"a":null}}', 400, 'SerializationException'],
    ['a map as a list', '{"loggingConfigurationIdentifiers":{}}', 400, 'SerializationException'],
    ['null in a list', '{"loggingConfigurationIdentifiers":[null]}', 400, 'SerializationException'],
  ])('%s', async (_title, body, status, type) => {
    const response = await standIn.post('/CreateRoom', body);

    expect(response.status).toBe(status);
    expect(response.headers.get('x-amzn-errortype')).toBe(type);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(Object.keys((await response.json()) as object)).toEqual(['message']);
  });

  it.each([['text/plain'], ['application/x-amz-json-1.1'], ['']])('content type %j', async (contentType) => {
    const response = await standIn.post('/CreateRoom', '{}', { 'content-type': contentType });

    expect(response.status).toBe(415);
    expect(response.headers.get('x-amzn-errortype')).toBe('UnsupportedMediaTypeException');
  });

  it('takes parameters of the content type, and an empty body as an empty request', async () => {
    const withCharset = { 'content-type': 'Application/JSON; charset=utf-8' };

    expect((await standIn.post('/CreateRoom', '{}', withCharset)).status).toBe(200);
    expect((await standIn.post('/CreateRoom', '')).status).toBe(200);
  });
});

describe('routes', () => {
  it.each([
    ['POST', '/CreateStage'],
    ['POST', '/'],
    ['POST', '/CreateRoom/'],
    ['POST', '//CreateRoom'],
    ['POST', '/createroom'],
    ['POST', '/toString'],
    ['POST', '/__proto__'],
    ['GET', '/GetRoom'],
    ['PUT', '/CreateRoom'],
    ['PUT', '/tags/arn'],
    ['GET', '/tags/arn/more'],
    ['GET', '/tags/'],
  ])('%s %s is an unknown operation', async (method, path) => {
    const response = await fetch(`${standIn.chat.endpoint}${path}`, { method });

    expect(response.status).toBe(404);
    expect(response.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
    expect(response.headers.get('x-amzn-requestid')).toMatch(UUID);
  });

  it.each([
    ['CreateLoggingConfiguration', { destinationConfiguration: { s3: { bucketName: 'bucket' } } }],
    ['GetLoggingConfiguration', { identifier: 'x' }],
    ['ListLoggingConfigurations', {}],
    ['UpdateLoggingConfiguration', { identifier: 'x' }],
    ['DeleteLoggingConfiguration', { identifier: 'x' }],
    ['ListTagsForResource', { resourceArn: UNKNOWN_ROOM }],
    ['TagResource', { resourceArn: UNKNOWN_ROOM, tags: { a: 'b' } }],
    ['UntagResource', { resourceArn: UNKNOWN_ROOM, tagKeys: ['a', 'b'] }],
  ])('%s is refused loudly', async (operation, input) => {
    const error = await errorOf(standIn.call(operation, input));

    expect(error.name).toBe('NotImplementedInStandIn');
    expect(error.$metadata.httpStatusCode).toBe(501);
    expect(error.message).toContain(operation);
    expect(standIn.lines.some((line) => line.includes(`refused ${operation}:`))).toBe(true);
  });
});

describe('the room of a request', () => {
  it.each([
    ['GetRoom', 'identifier', {}],
    ['UpdateRoom', 'identifier', { name: 'x' }],
    ['DeleteRoom', 'identifier', {}],
    ['CreateChatToken', 'roomIdentifier', { userId: 'ada' }],
    ['DeleteMessage', 'roomIdentifier', { id: 'AbCdEf123456' }],
    ['DisconnectUser', 'roomIdentifier', { userId: 'ada' }],
    ['SendEvent', 'roomIdentifier', { eventName: 'x' }],
  ])('%s: unknown, of another region, of another account', async (operation, member, input) => {
    const errors = await Promise.all(
      [
        UNKNOWN_ROOM,
        roomArn('AbCdEf123456', 'us-east-1'),
        roomArn('AbCdEf123456', 'eu-west-1', '210987654321'),
      ].map((arn) => errorOf(standIn.call(operation, { [member]: arn, ...input }))),
    );

    expect(errors[0]).toMatchObject({ resourceId: 'AbCdEf123456', resourceType: 'ROOM' });
    expect(errors.map(({ name, $metadata }) => [name, $metadata.httpStatusCode])).toEqual([
      ['ResourceNotFoundException', 404],
      ['ResourceNotFoundException', 404],
      ['AccessDeniedException', 403],
    ]);
  });

  it('is looked up after the rest of the request is judged', async () => {
    const error = await errorOf(standIn.client.createChatToken({ roomIdentifier: UNKNOWN_ROOM, userId: '' }));

    expect(error.name).toBe('ValidationException');
  });
});

describe('every answer', () => {
  it('carries a request id of its own', async () => {
    const answers = [
      await standIn.client.createRoom({}),
      await errorOf(standIn.client.getRoom({ identifier: UNKNOWN_ROOM })),
      await errorOf(standIn.client.getRoom({ identifier: 'x' })),
    ];
    const ids = answers.map(({ $metadata }) => $metadata.requestId);

    for (const id of ids) expect(id).toMatch(UUID);
    expect(new Set(ids).size).toBe(3);
  });

  it("is parsed into the client's own error classes", async () => {
    expect(await errorOf(standIn.client.getRoom({ identifier: UNKNOWN_ROOM }))).toBeInstanceOf(
      ResourceNotFoundException,
    );
    expect(await errorOf(standIn.client.getRoom({ identifier: 'x' }))).toBeInstanceOf(ValidationException);
  });

  it('names the error in the header only', async () => {
    const response = await standIn.post('/GetRoom', '{"identifier":"x"}');

    expect(Object.keys((await response.json()) as object).sort()).toEqual(['fieldList', 'message', 'reason']);
  });

  it('writes times as ISO 8601 strings', async () => {
    const response = await standIn.post('/CreateRoom', '{}');

    expect(await response.json()).toMatchObject({ createTime: expect.stringMatching(/^\d{4}-.*Z$/) });
  });
});
