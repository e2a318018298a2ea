import { describe, expect, it } from 'vitest';
import type { Grant, Roster } from '../../../lib/access/index.ts';
import {
  DEFAULT_PUBLIC_REASON,
  deleteMessage,
  disconnectUser,
  PUBLIC_REASONS,
} from '../../../lib/operations/index.ts';
import { createRoomIds, signal, useIvs } from '../chat/support/use-ivs.ts';

const ivs = useIvs();
const newRoom = createRoomIds();

const bodiesOf = (roomId: string) =>
  ivs()
    .server.received(roomId)
    .map(({ body }) => body);

/** Grants of one room: a roster as the store will be one. */
function rosterOf(grantedRoom: string, grants: Readonly<Record<string, Grant>>): Roster {
  const stored = new Map(
    Object.entries(grants).map(([userId, grant]) => [`${grantedRoom}/${userId}`, grant]),
  );
  return { grantOf: async (roomId, userId) => stored.get(`${roomId}/${userId}`) };
}

describe('disconnecting somebody', () => {
  it.each([
    ['moderator', 'anybody', undefined],
    ['moderator', 'a-moderator', 'target-not-lower'],
    ['moderator', 'an-owner', 'target-not-lower'],
    ['moderator', 'actor', 'cannot-act-on-self'],
    ['owner', 'anybody', undefined],
    ['owner', 'a-moderator', undefined],
    ['owner', 'an-owner', 'target-not-lower'],
    ['owner', 'actor', 'cannot-act-on-self'],
    ['admin', 'an-owner', undefined],
    ['admin', 'actor', 'cannot-act-on-self'],
    ['viewer', 'anybody', 'target-not-lower'],
  ] as const)('as %s, acting on %s: %s', async (role, userId, refusal) => {
    const roomId = newRoom();
    const roster = rosterOf(roomId, { 'a-moderator': 'moderator', 'an-owner': 'owner' });

    const call = disconnectUser({ chat: ivs().chat, roster })(
      { userId: 'actor', role },
      { roomId, userId },
      signal(),
    );

    if (refusal) await expect(call).rejects.toMatchObject({ code: refusal, statusCode: 403 });
    else expect(await call).toEqual({ userId, disconnect: 'done' });
    expect(bodiesOf(roomId).map((body) => body.userId)).toEqual(refusal ? [] : [userId]);
  });

  it('looks at the grants of the room in question and of no other', async () => {
    const roomId = newRoom();
    const roster = rosterOf('AnotherRoom1', { 'owner-elsewhere': 'owner' });
    const disconnect = disconnectUser({ chat: ivs().chat, roster });

    const answer = await disconnect(
      { userId: 'actor', role: 'moderator' },
      { roomId, userId: 'owner-elsewhere' },
      signal(),
    );

    expect(answer).toEqual({ userId: 'owner-elsewhere', disconnect: 'done' });
  });

  it('closes nothing when the roster cannot be read', async () => {
    const roomId = newRoom();
    const roster: Roster = { grantOf: async () => Promise.reject(new Error('the store is down')) };
    const disconnect = disconnectUser({ chat: ivs().chat, roster });

    await expect(
      disconnect({ userId: 'actor', role: 'moderator' }, { roomId, userId: 'anybody' }, signal()),
    ).rejects.toThrow('the store is down');
    expect(bodiesOf(roomId)).toEqual([]);
  });
});

describe('the reason that a room is told', () => {
  const moderator = { userId: 'actor', role: 'moderator' } as const;

  it.each([undefined, ...PUBLIC_REASONS])('for %s', async (publicReason) => {
    const [deletion, disconnection] = [newRoom(), newRoom()];
    const roster = rosterOf(disconnection, {});

    const deleted = await deleteMessage({ chat: ivs().chat })(
      moderator,
      { roomId: deletion, messageId: 'MnOpQrStUvWx', publicReason },
      signal(),
    );
    await disconnectUser({ chat: ivs().chat, roster })(
      moderator,
      { roomId: disconnection, userId: 'anybody', publicReason },
      signal(),
    );

    const reason = publicReason ?? 'moderation';
    expect(deleted).toEqual({ messageId: 'MnOpQrStUvWx', eventId: 'event-of-deletion' });
    expect([...bodiesOf(deletion), ...bodiesOf(disconnection)].map((body) => body.reason)).toEqual([
      reason,
      reason,
    ]);
  });

  it('comes from a closed list that nobody can add to', () => {
    expect(PUBLIC_REASONS).toContain(DEFAULT_PUBLIC_REASON);
    expect(Object.isFrozen(PUBLIC_REASONS)).toBe(true);
    for (const reason of PUBLIC_REASONS) expect(reason).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});
