import { describe, expect, it } from 'vitest';
import {
  type Capability,
  capabilitiesOf,
  type Role,
  type SocketModeration,
} from '../../../lib/access/index.ts';

const SPEAK: readonly Capability[] = ['SEND_MESSAGE'];
const MODERATE: readonly Capability[] = ['SEND_MESSAGE', 'DELETE_MESSAGE', 'DISCONNECT_USER'];

const TABLE: readonly (readonly [Role, SocketModeration, readonly Capability[]])[] = [
  ['viewer', 'on', SPEAK],
  ['viewer', 'off', SPEAK],
  ['moderator', 'on', MODERATE],
  ['moderator', 'off', SPEAK],
  ['owner', 'on', MODERATE],
  ['owner', 'off', SPEAK],
  ['admin', 'on', MODERATE],
  ['admin', 'off', SPEAK],
];

describe('the capabilities of a chat token', () => {
  it.each(TABLE)('for a %s with socket moderation %s are %j', (role, socketModeration, capabilities) => {
    expect(capabilitiesOf(role, socketModeration)).toEqual(capabilities);
  });

  it.each(TABLE)(
    'for a %s with socket moderation %s cannot be added to by who receives them',
    (role, moderation) => {
      const received = capabilitiesOf(role, moderation) as Capability[];

      expect(() => received.push('DISCONNECT_USER')).toThrow(TypeError);
    },
  );
});
