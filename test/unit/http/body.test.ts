import { describe, expect, it } from 'vitest';
import { ANYTHING, type Answer, ECHO, ROOM_ID } from './support/api.ts';
import type { Sent } from './support/event.ts';
import { useApi } from './support/use-api.ts';

const api = useApi();
const path = { roomId: ROOM_ID, messageId: 'abc' };

/** Sends a body as a moderator, so that nothing but the body can be refused. */
async function sendBody(sent: Omit<Sent, 'routeKey'>, routeKey = ECHO): Promise<Answer> {
  return api().send({ routeKey, path, authorization: await api().bearer('chat-moderators'), ...sent });
}

const jsonOfLength = (bytes: number) => `{"text":"${'x'.repeat(bytes - 11)}"}`;

describe('a body that is accepted', () => {
  it.each<[string, Omit<Sent, 'routeKey'>, unknown]>([
    ['none', {}, {}],
    ['none, with a content type', { contentType: 'text/plain' }, {}],
    ['an empty one', { body: '', contentType: 'text/plain' }, {}],
    ['an empty object', { body: '{}' }, {}],
    ['text', { body: '{"text":"hé"}' }, { text: 'hé' }],
    ['bytes, as base64', { body: Buffer.from('{"text":"hé"}') }, { text: 'hé' }],
    ['no bytes, as base64', { body: Buffer.from('') }, {}],
    ['with blanks around', { body: ' \r\n{ "text" : "x" }\t' }, { text: 'x' }],
    ['a type with a charset', { body: '{}', contentType: 'application/json; charset=utf-8' }, {}],
    ['a type in capitals', { body: '{}', contentType: 'APPLICATION/JSON; charset=utf-8' }, {}],
    ['8192 bytes', { body: jsonOfLength(8192) }, { text: 'x'.repeat(8181) }],
    ['8192 bytes, as base64', { body: Buffer.from(jsonOfLength(8192)) }, { text: 'x'.repeat(8181) }],
  ])('%s', async (_title, sent, body) => {
    expect(await sendBody(sent)).toMatchObject({ status: 201, body: { body } });
    expect(api().received).toMatchObject([{ body }]);
  });
});

it('reaches the route as its schema has parsed it', async () => {
  await sendBody({ body: '{"count":"3"}' }, ANYTHING);

  expect(api().received).toMatchObject([{ body: { count: 3 } }]);
});

describe('a body that is refused', () => {
  it.each<[string, Omit<Sent, 'routeKey'>, string]>([
    ['8193 bytes', { body: jsonOfLength(8193) }, 'body-too-large'],
    ['8193 bytes, as base64', { body: Buffer.from(jsonOfLength(8193)) }, 'body-too-large'],
    ['8193 bytes in fewer characters', { body: `{"text":"${'é'.repeat(4091)}"}` }, 'body-too-large'],
    ['8193 blanks', { body: ' '.repeat(8193) }, 'body-too-large'],
    ['no content type', { body: '{}', contentType: null }, 'unsupported-media-type'],
    ['text', { body: '{}', contentType: 'text/plain' }, 'unsupported-media-type'],
    [
      'a form',
      { body: 'text=x', contentType: 'application/x-www-form-urlencoded' },
      'unsupported-media-type',
    ],
    ['a type that begins alike', { body: '{}', contentType: 'application/jsonp' }, 'unsupported-media-type'],
    [
      'a type after another',
      { body: '{}', contentType: 'text/plain, application/json' },
      'unsupported-media-type',
    ],
    ['invalid UTF-8', { body: Buffer.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d) }, 'malformed-json'],
    ['overlong UTF-8', { body: Buffer.from('7b22c0af223a317d', 'hex') }, 'malformed-json'],
    ['UTF-8 that is cut off', { body: Buffer.from('{"text":"é"}').subarray(0, 10) }, 'malformed-json'],
    ['UTF-16', { body: Buffer.from('{}', 'utf16le') }, 'malformed-json'],
    ['blanks', { body: '  ' }, 'malformed-json'],
    ['an open object', { body: '{"text":"x"' }, 'malformed-json'],
    ['two objects', { body: '{}{}' }, 'malformed-json'],
    ['a comment', { body: '{/**/}' }, 'malformed-json'],
    ['a nest of brackets', { body: '['.repeat(8000) }, 'malformed-json'],
    ['null', { body: 'null' }, 'invalid-body'],
    ['an array', { body: '[]' }, 'invalid-body'],
    ['an array of objects', { body: '[{}]' }, 'invalid-body'],
    ['a number', { body: '1' }, 'invalid-body'],
    ['a string', { body: '"{}"' }, 'invalid-body'],
    ['true', { body: 'true' }, 'invalid-body'],
  ])('%s', async (_title, sent, code) => {
    const status = { 'body-too-large': 413, 'unsupported-media-type': 415 }[code] ?? 400;

    expect(await sendBody(sent)).toMatchObject({ status, body: { code, status } });
    expect(api().received).toEqual([]);
  });

  it.each(['null', '[]', '1', '"x"', 'true'])('%s, even where every key is welcome', async (body) => {
    const answer = await sendBody({ body }, ANYTHING);

    expect(answer.body).toMatchObject({ code: 'invalid-body', errors: [{ pointer: '' }] });
  });
});

describe('keys that would reach a prototype', () => {
  const snapshot = () =>
    JSON.stringify(
      [Object.prototype, Array.prototype, Function.prototype].map((prototype) =>
        Reflect.ownKeys(prototype).map(String).sort(),
      ),
    );
  const before = snapshot();

  it.each(
    ['__proto__', 'constructor', 'prototype', '\\u005f_proto__', 'constructo\\u0072'].flatMap((key) =>
      [
        `{"${key}":{"isModerator":true}}`,
        `{"${key}":null}`,
        `{"a":{"${key}":{"isModerator":true}}}`,
        `{"a":[1,[{"b":{"${key}":1}}]]}`,
        `{"constructor":{"prototype":{"${key}":1}}}`,
        `[{"${key}":1}]`,
      ].map((body) => [body]),
    ),
  )('%s is refused, even where every key is welcome', async (body) => {
    const answer = await sendBody({ body }, ANYTHING);

    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed-json' } });
    expect(api().received).toEqual([]);
    expect(snapshot()).toBe(before);
    expect(({} as Record<string, unknown>).isModerator).toBeUndefined();
  });

  it('may stand in values', async () => {
    expect(await sendBody({ body: '{"a":["__proto__","constructor"]}' }, ANYTHING)).toMatchObject({
      status: 201,
    });
  });
});

describe('the errors of a body', () => {
  it.each<[string, unknown, readonly { pointer: string; detail: unknown }[]]>([
    ['an unknown key', { role: 'admin' }, [{ pointer: '/role', detail: 'unknown key' }]],
    [
      'unknown keys',
      { userId: 'x', capabilities: [] },
      [
        { pointer: '/userId', detail: 'unknown key' },
        { pointer: '/capabilities', detail: 'unknown key' },
      ],
    ],
    [
      'an unknown key far inside',
      { nested: { list: [{ id: 1 }, { id: 2, role: 'x' }] } },
      [{ pointer: '/nested/list/1/role', detail: 'unknown key' }],
    ],
    ['a wrong type', { text: 1 }, [{ pointer: '/text', detail: expect.stringContaining('string') }]],
    [
      'a missing member',
      { nested: { list: [{}] } },
      [{ pointer: '/nested/list/0/id', detail: expect.stringContaining('number') }],
    ],
    ['a key that needs escaping', { 'a/b~c': 'x' }, [{ pointer: '/a~1b~0c', detail: expect.any(String) }]],
    ['an unknown key that needs escaping', { '~1/': 1 }, [{ pointer: '/~01~1', detail: 'unknown key' }]],
    ['an empty key', { '': 1 }, [{ pointer: '/', detail: 'unknown key' }]],
    ['a long key', { ['k'.repeat(65)]: 1 }, [{ pointer: `/${'k'.repeat(64)}`, detail: 'unknown key' }]],
    ['the whole body', [], [{ pointer: '', detail: expect.stringContaining('object') }]],
  ])('point at %s', async (_title, body, errors) => {
    const answer = await sendBody({ body: JSON.stringify(body) });

    expect(answer.body).toMatchObject({ code: 'invalid-body', errors });
  });

  it('are ten at most', async () => {
    const keys = Array.from({ length: 30 }, (_, index) => [`key${index}`, 1]);
    const answer = await sendBody({ body: JSON.stringify(Object.fromEntries(keys)) });

    expect(answer.body.errors).toHaveLength(10);
  });

  it('repeat no value that was sent', async () => {
    const canary = 'canary-5772';
    const body = { text: { [canary]: canary }, 'a/b~c': canary, nested: canary, role: canary };
    const answer = await sendBody({ body: JSON.stringify(body) });

    expect(answer.body.errors).toHaveLength(4);
    expect(answer.text).not.toContain(canary);
  });
});
