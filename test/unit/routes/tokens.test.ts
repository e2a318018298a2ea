import { describe, expect, it } from 'vitest';
import { AVATAR_MAX_LENGTH, UNVERIFIED_NAME_MAX_LENGTH } from '../../../lib/chat/index.ts';
import { ProblemError } from '../../../lib/errors/index.ts';
import { tokenRoutes } from '../../../lib/routes/tokens.ts';
import { judgementOf, routeOf } from './body-of.ts';

const KEY = 'POST /rooms/{roomId}/tokens';
const routes = tokenRoutes({ vendToken: async () => Promise.reject(new ProblemError('internal')) });
const route = routeOf(routes, KEY);

const text = (length: number) => 'a'.repeat(length);

describe('the tokens route', () => {
  it('is the only one of its function, for everybody who signed in', () => {
    expect([...routes.keys()]).toEqual([KEY]);
    expect(route).toMatchObject({ access: 'room', minimumRole: 'viewer', parameters: {} });
  });

  it.each([
    ['nothing', {}],
    ['everything', { displayName: 'Ada', avatar: 'fox', color: '#20c0a0' }],
    ['the shortest name', { displayName: 'a' }],
    ['the longest spelling of a name', { displayName: text(UNVERIFIED_NAME_MAX_LENGTH) }],
    ['the longest avatar', { avatar: text(AVATAR_MAX_LENGTH) }],
    ['a colour in capitals', { color: '#20C0A0' }],
  ])('takes %s', (_what, body) => {
    expect(judgementOf(route, body)).toBe('accepted');
  });

  it.each([
    ['displayName', ''],
    ['displayName', text(UNVERIFIED_NAME_MAX_LENGTH + 1)],
    ['displayName', 7],
    ['displayName', null],
    ['displayName', ['Ada']],
    ['avatar', ''],
    ['avatar', text(AVATAR_MAX_LENGTH + 1)],
    ['avatar', { id: 'fox' }],
    ['color', ''],
    ['color', '20c0a0'],
    ['color', '#20c0a'],
    ['color', '#20c0a0f'],
    ['color', '#20c0ag'],
    ['color', '#20c0a0\n'],
    ['color', ' #20c0a0'],
    ['color', '#２0c0a0'],
    ['color', '#fff'],
    ['color', 'red'],
  ])('refuses %s: %j', (member, value) => {
    expect(judgementOf(route, { [member]: value })).toEqual([member]);
  });

  it.each([
    'role',
    'capabilities',
    'userId',
    'sessionMinutes',
    'roomId',
    'attributes',
    'DisplayName',
    'badge',
  ])('refuses the key %s', (key) => {
    expect(judgementOf(route, { displayName: 'Ada', [key]: 'x' })).toEqual(['']);
  });

  it.each([
    ['a list', []],
    ['a text', 'Ada'],
    ['null', null],
    ['a number', 1],
  ])('refuses %s', (_what, body) => {
    expect(judgementOf(route, body)).toEqual(['']);
  });
});
