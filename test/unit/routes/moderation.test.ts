import { describe, expect, it } from 'vitest';
import { EVENT_NAME_MAX_LENGTH } from '../../../lib/chat/index.ts';
import { ProblemError } from '../../../lib/errors/index.ts';
import { PUBLIC_REASONS } from '../../../lib/operations/index.ts';
import { moderationRoutes } from '../../../lib/routes/moderation.ts';
import { judgementOf, routeOf } from './body-of.ts';

const DELETION = 'DELETE /rooms/{roomId}/messages/{messageId}';
const DISCONNECTION = 'POST /rooms/{roomId}/users/{userId}/disconnect';
const EVENT = 'POST /rooms/{roomId}/events';

const never = async () => Promise.reject(new ProblemError('internal'));
const routes = moderationRoutes({ deleteMessage: never, disconnectUser: never, sendEvent: never });
const event = routeOf(routes, EVENT);

const text = (length: number, letter = 'a') => letter.repeat(length);

describe('the moderation routes', () => {
  it('are three, for moderators and higher roles', () => {
    expect([...routes.keys()]).toEqual([DELETION, DISCONNECTION, EVENT]);
    expect([...routes.values()].map(({ access, minimumRole }) => [access, minimumRole])).toEqual(
      Array.from({ length: 3 }, () => ['room', 'moderator']),
    );
  });
});

describe('path parameters', () => {
  it.each([
    [DELETION, 'messageId', 'AbCdEf123456', true],
    [DELETION, 'messageId', 'AbCdEf12345', false],
    [DELETION, 'messageId', 'AbCdEf1234567', false],
    [DELETION, 'messageId', 'AbCdEf12345-', false],
    [DELETION, 'messageId', 'AbCdEf123456\n', false],
    [DELETION, 'messageId', 'AbCdEf12345ä', false],
    [DISCONNECTION, 'userId', 'a', true],
    [DISCONNECTION, 'userId', '5f6f2c1e-0b1d-4c7e-9a55-000000000001', true],
    [DISCONNECTION, 'userId', text(128), true],
    [DISCONNECTION, 'userId', text(129), false],
    [DISCONNECTION, 'userId', '', false],
    [DISCONNECTION, 'userId', 'a b', false],
    [DISCONNECTION, 'userId', 'a:b', false],
    [DISCONNECTION, 'userId', 'a/b', false],
    [DISCONNECTION, 'userId', 'ä', false],
    [DISCONNECTION, 'userId', 'a\n', false],
  ])('of %s: %s %j is well-formed: %s', (key, name, value, expected) => {
    expect(routeOf(routes, key).parameters[name]?.test(value)).toBe(expected);
  });
});

describe.each([DELETION, DISCONNECTION])('the body of %s', (key) => {
  const route = routeOf(routes, key);

  it.each([{}, ...PUBLIC_REASONS.map((publicReason) => ({ publicReason }))])('may be %j', (body) => {
    expect(judgementOf(route, body)).toBe('accepted');
  });

  it.each(['', 'because', 'Spam', 'spam ', 'toString', null, 1, ['spam']])(
    'may not name %j as the public reason',
    (publicReason) => {
      expect(judgementOf(route, { publicReason })).toEqual(['publicReason']);
    },
  );

  it.each(['reason', 'roomId', 'userId', 'messageId'])('may not hold the key %s', (name) => {
    expect(judgementOf(route, { [name]: 'x' })).toEqual(['']);
  });
});

describe('the body of an event', () => {
  it.each([
    ['a name', { eventName: 'poll' }],
    ['the shortest name', { eventName: 'p' }],
    ['the longest name', { eventName: text(EVENT_NAME_MAX_LENGTH) }],
    ['the longest name in emoji', { eventName: text(EVENT_NAME_MAX_LENGTH / 2, '🦊') }],
    ['no attribute', { eventName: 'poll', attributes: {} }],
    ['attributes', { eventName: 'poll', attributes: { question: 'tea?', empty: '', ключ: 'да' } }],
  ])('may hold %s', (_what, body) => {
    expect(judgementOf(event, body)).toBe('accepted');
  });

  it.each([
    ['no name', {}, 'eventName'],
    ['an empty name', { eventName: '' }, 'eventName'],
    ['a name of 101', { eventName: text(EVENT_NAME_MAX_LENGTH + 1) }, 'eventName'],
    ['a name that is a number', { eventName: 1 }, 'eventName'],
    ['a lone surrogate in the name', { eventName: 'poll\ud83e' }, 'eventName'],
    ['a lone surrogate in a value', { eventName: 'poll', attributes: { a: '\udd8a' } }, 'attributes.a'],
    ['a lone surrogate in a key', { eventName: 'poll', attributes: { '\ud83e': 'a' } }, 'attributes.\ud83e'],
    ['an empty key', { eventName: 'poll', attributes: { '': 'a' } }, 'attributes.'],
    ['a number', { eventName: 'poll', attributes: { a: 1 } }, 'attributes.a'],
    ['null', { eventName: 'poll', attributes: { a: null } }, 'attributes.a'],
    ['an object', { eventName: 'poll', attributes: { a: {} } }, 'attributes.a'],
    ['a list of attributes', { eventName: 'poll', attributes: ['a'] }, 'attributes'],
    ['attributes that are null', { eventName: 'poll', attributes: null }, 'attributes'],
    ['another key', { eventName: 'poll', roomId: 'x' }, ''],
  ])('may not hold %s', (_what, body, place) => {
    expect(judgementOf(event, body)).toEqual([place]);
  });
});
