import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_CREDENTIALS } from '../../../../infra/local/credentials.ts';
import { sendRaw, signRequest, type Unsigned } from './signed-request.ts';
import { REGION, type StandIn, startStandIn } from './stand-in.ts';

const BODY = '{"name":"lobby"}';
const TARGET = '/ListRooms';
const SIGNATURE = /Signature=[0-9a-f]{64}$/;

let standIn: StandIn;
let config: Parameters<typeof signRequest>[0];

beforeAll(async () => {
  standIn = await startStandIn();
  config = { endpoint: standIn.chat.endpoint, region: REGION, credentials: TEST_CREDENTIALS };
});
afterAll(() => standIn.close());

type Headers = Record<string, string | string[]>;

function signed(request: Partial<Unsigned> = {}): Promise<Record<string, string>> {
  return signRequest(config, {
    path: TARGET,
    body: BODY,
    ...request,
    headers: { 'content-type': 'application/json', ...request.headers },
  });
}

/** Sends a request that is signed well, but for what `change` makes of its headers. */
async function sendChanged(change: (headers: Record<string, string>) => Headers | undefined) {
  const headers = await signed();
  return send(change(headers) ?? headers);
}

function send(headers: Headers, { target = TARGET, body = BODY, method = 'POST' } = {}) {
  return sendRaw(standIn.chat.endpoint, { method, target, headers, body });
}

const authorization = (edit: (value: string) => string) => (headers: Record<string, string>) => ({
  ...headers,
  authorization: edit(headers.authorization ?? ''),
});

function without(headers: Record<string, string>, name: string): Record<string, string> {
  const { [name]: _, ...rest } = headers;
  return rest;
}

describe('a signed request sent by hand', () => {
  it('is accepted', async () => {
    expect(await send(await signed())).toMatchObject({ status: 200 });
  });

  it('is accepted without x-amz-content-sha256, as the AWS CLI sends it', async () => {
    const unhashed = { ...config, applyChecksum: false } as typeof config;
    const headers = await signRequest(unhashed, {
      path: TARGET,
      body: BODY,
      headers: { 'content-type': 'application/json' },
    });

    expect(headers).not.toHaveProperty('x-amz-content-sha256');
    expect(await send(headers)).toMatchObject({ status: 200 });
  });

  it('is accepted with blanks in a header, and with a header in two parts', async () => {
    const headers = await signed({ headers: { 'x-amz-note': 'a b', 'x-note': 'one,two' } });

    expect(await send({ ...headers, 'x-amz-note': '  a \t  b ', 'x-note': ['one', 'two'] })).toMatchObject({
      status: 200,
    });
    expect(await send({ ...headers, 'x-note': ['two', 'one'] })).toMatchObject({
      type: 'InvalidSignatureException',
    });
  });

  it('is accepted with a header in UTF-8', async () => {
    const note = 'zażółć ☕';
    const headers = await signed({ headers: { 'x-amz-note': note } });
    const onTheWire = Buffer.from(note).toString('latin1');

    expect(await send({ ...headers, 'x-amz-note': onTheWire })).toMatchObject({ status: 200 });
  });

  it('is accepted with parts of the Authorization header in another order, without blanks', async () => {
    const answer = await sendChanged(
      authorization((value) => {
        const [algorithm, credential = '', names = '', signature = ''] = value.split(/,? /);
        return `${algorithm} ${signature},${credential},${names}`;
      }),
    );

    expect(answer).toMatchObject({ status: 200 });
  });
});

describe('no Authorization header', () => {
  it.each([
    ['none', (headers: Record<string, string>) => without(headers, 'authorization')],
    ['an empty one', authorization(() => '')],
  ])('%s: MissingAuthenticationTokenException', async (_title, change) => {
    expect(await sendChanged(change)).toMatchObject({
      status: 403,
      type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    });
  });

  it('an unknown operation is said to be unknown all the same', async () => {
    expect(await send({}, { target: '/CreateStage' })).toMatchObject({
      status: 404,
      type: 'UnknownOperationException',
    });
  });
});

describe('IncompleteSignatureException', () => {
  it.each<[string, (headers: Record<string, string>) => Headers, string]>([
    ['another scheme', authorization(() => 'Bearer abc'), 'AWS4-HMAC-SHA256'],
    ['another algorithm', authorization((v) => v.replace('SHA256', 'SHA1')), 'AWS4-HMAC-SHA256'],
    [
      'nothing behind the algorithm',
      authorization(() => 'AWS4-HMAC-SHA256'),
      "requires 'Credential' parameter. Authorization header requires 'SignedHeaders' parameter.",
    ],
    ['no Credential', authorization((v) => v.replace(/Credential=[^,]+, /, '')), "'Credential'"],
    ['no SignedHeaders', authorization((v) => v.replace(/SignedHeaders=[^,]+, /, '')), "'SignedHeaders'"],
    ['no Signature', authorization((v) => v.replace(SIGNATURE, '').replace(/, $/, '')), "'Signature'"],
    ['an empty Signature', authorization((v) => v.replace(SIGNATURE, 'Signature=')), "'Signature'"],
    ['a part without value', authorization((v) => `${v}, x`), 'equal-sign'],
    ['a part twice', authorization((v) => `${v}, Signature=0`), 'twice'],
    ['a short Credential', authorization((v) => v.replace('/aws4_request', '')), '5 slash-delimited'],
    ['a long Credential', authorization((v) => v.replace('/aws4', '/x/aws4')), '5 slash-delimited'],
    ['an empty access key', authorization((v) => v.replace('=test/', '=/')), '5 slash-delimited'],
    ['unsorted headers', authorization((v) => v.replace(/Headers=.*?,/, 'Headers=x;host,')), 'SignedHeaders'],
    ['a header twice', authorization((v) => v.replace('host', 'host;host')), 'SignedHeaders'],
    ['capitals in headers', authorization((v) => v.replace('Headers=', 'Headers=Accept;')), 'SignedHeaders'],
    [
      'two Authorization headers',
      (headers) => ({ ...headers, authorization: Array(2).fill(headers.authorization) }),
      'more than one',
    ],
    ['no date', (headers) => without(headers, 'x-amz-date'), "'X-Amz-Date' or a 'Date'"],
    ['a broken date', (headers) => ({ ...headers, 'x-amz-date': '20260231T000000Z' }), 'x-amz-date'],
    [
      'a date in another format',
      (headers) => ({ ...headers, 'x-amz-date': new Date().toISOString() }),
      'x-amz-date',
    ],
    [
      'two dates',
      (headers) => ({ ...headers, 'x-amz-date': Array(2).fill(headers['x-amz-date']) }),
      'x-amz-date',
    ],
    [
      'a Date in another format',
      (headers) => ({ ...without(headers, 'x-amz-date'), date: new Date().toISOString() }),
      'date',
    ],
    ['a broken HTTP date', (headers) => ({ ...without(headers, 'x-amz-date'), date: 'today' }), 'date'],
  ])('%s', async (_title, change, message) => {
    const answer = await sendChanged(change);

    expect(answer).toMatchObject({ status: 403, type: 'IncompleteSignatureException' });
    expect(answer.message).toContain(message);
  });
});

describe('InvalidSignatureException', () => {
  const other = (hex: string) => (hex.startsWith('0') ? `1${hex.slice(1)}` : `0${hex.slice(1)}`);

  it.each<[string, (headers: Record<string, string>) => Headers, string]>([
    ['a header changed', (headers) => ({ ...headers, 'content-type': 'text/plain' }), 'does not match'],
    ['a digit of the signature', authorization((v) => v.replace(/[0-9a-f]{64}$/, other)), 'does not match'],
    ['a short signature', authorization((v) => v.slice(0, -2)), 'does not match'],
    ['another terminator', authorization((v) => v.replace('aws4_', 'aws5_')), "terminator: 'aws4_request'"],
    ['another scope date', authorization((v) => v.replace(/\/\d{8}\//, '/20200101/')), 'Date in Credential'],
    ['an unsigned x-amz header', (headers) => ({ ...headers, 'x-amz-extra': '1' }), "'x-amz-extra' must be"],
    ['host not signed', authorization((v) => v.replace('host;', '')), "'host' must be a 'SignedHeader'"],
    ['date not signed', authorization((v) => v.replace(';x-amz-date', '')), "'x-amz-date' must be"],
    [
      'HTTP date not signed',
      (headers) => ({
        ...authorization((v) => v.replace(';x-amz-date', ''))(without(headers, 'x-amz-date')),
        date: new Date().toUTCString(),
      }),
      "'date' must be",
    ],
    ['a signed header that is not sent', authorization((v) => v.replace('host', 'from;host')), 'not have'],
    ['another content hash', (h) => ({ ...h, 'x-amz-content-sha256': '0'.repeat(64) }), "body's SHA-256"],
  ])('%s', async (_title, change, message) => {
    const answer = await sendChanged(change);

    expect(answer).toMatchObject({ status: 403, type: 'InvalidSignatureException' });
    expect(answer.message).toContain(message);
    expect(answer.message).not.toMatch(/[0-9a-f]{64}/);
  });

  it('another body, with and without its hash in a header', async () => {
    const headers = await signed();
    const hashless = await signRequest({ ...config, applyChecksum: false } as typeof config, {
      path: TARGET,
      body: BODY,
      headers: { 'content-type': 'application/json' },
    });
    const answers = [await send(headers, { body: '{}' }), await send(hashless, { body: '{}' })];

    expect(answers[0]?.message).toContain("body's SHA-256");
    expect(answers[1]?.message).toContain('does not match');
  });

  it('UNSIGNED-PAYLOAD, although it is signed', async () => {
    const headers = await signed({ headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } });

    expect(headers['x-amz-content-sha256']).toBe('UNSIGNED-PAYLOAD');
    expect(await send(headers)).toMatchObject({
      type: 'InvalidSignatureException',
      message: expect.stringContaining("body's SHA-256"),
    });
  });

  it('another path, query or method', async () => {
    const tags = '/tags/arn%3Aaws%3Aroom%2Fa';
    const headers = await signed({ method: 'DELETE', path: tags, query: { tagKeys: ['b', 'a'] } });
    const sent = (target: string, method = 'DELETE') => send(headers, { target, method });

    expect(await sent(`${tags}?tagKeys=b&tagKeys=a`)).toMatchObject({ status: 501 });
    expect(await sent(`${tags}?tagKeys=a&tagKeys=b`)).toMatchObject({ status: 501 });
    for (const answer of [
      await sent(`${tags}?tagKeys=a&tagKeys=c`),
      await sent(`${tags}?tagKeys=a`),
      await sent(`/tags/arn%3Aaws%3Aroom%2Fb?tagKeys=a&tagKeys=b`),
      await sent(`/tags/arn%253Aaws%253Aroom%252Fa?tagKeys=a&tagKeys=b`),
      await sent(`${tags}?tagKeys=a&tagKeys=b`, 'POST'),
    ]) {
      expect(answer).toMatchObject({ status: 403, type: 'InvalidSignatureException' });
    }
  });
});

describe('what the stand-in does not implement', () => {
  it('a presigned URL: 501 and a line in the log', async () => {
    const target = `${TARGET}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=${'0'.repeat(64)}`;
    const answer = await send({}, { target });

    expect(answer).toMatchObject({ status: 501, type: 'NotImplementedInStandIn' });
    expect(answer.message).toContain('presigned URL');
    expect(standIn.lines.some((line) => line.includes('presigned URL'))).toBe(true);
  });

  it('Signature Version 4A: 501 and a line in the log', async () => {
    const answer = await sendChanged(
      authorization((v) => v.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256')),
    );

    expect(answer).toMatchObject({ status: 501, type: 'NotImplementedInStandIn' });
    expect(standIn.lines.some((line) => line.includes('Signature Version 4A'))).toBe(true);
  });
});
