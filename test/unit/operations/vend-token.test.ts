import { describe, expect, it } from 'vitest';
import { ROLES, type Role, type SocketModeration } from '../../../lib/access/index.ts';
import { vendToken } from '../../../lib/operations/index.ts';
import { POLICY } from '../chat/support/accepted-profiles.ts';
import { NOW_MS } from '../chat/support/chat-calls.ts';
import { createRoomIds, signal, useIvs } from '../chat/support/use-ivs.ts';

const SPEAK = ['SEND_MESSAGE'];
const MODERATE = ['SEND_MESSAGE', 'DELETE_MESSAGE', 'DISCONNECT_USER'];

const ivs = useIvs();
const newRoom = createRoomIds();

function operation({
  socketModeration = 'on',
  now = NOW_MS,
}: {
  socketModeration?: SocketModeration;
  now?: number;
}) {
  return vendToken({
    ...POLICY,
    chat: ivs().chat,
    sessionMinutes: 60,
    socketModeration,
    now: () => now,
    random: () => 0.5,
  });
}

describe('vending a token', () => {
  it('answers everything that a client needs, and asks IVS Chat for exactly that', async () => {
    const roomId = newRoom();

    const answer = await operation({})(
      { userId: 'user-1', role: 'viewer' },
      { roomId, displayName: 'Ada', avatar: 'fox', color: '#20c0a0' },
      signal(),
    );

    expect(answer).toEqual({
      token: 'chat-token',
      tokenExpirationTime: '2026-01-01T00:01:00.000Z',
      sessionExpirationTime: '2026-01-01T01:00:00.000Z',
      sessionSeconds: 3630,
      capabilities: SPEAK,
      userId: 'user-1',
    });
    expect(
      ivs()
        .server.received(roomId)
        .map(({ body }) => body),
    ).toEqual([
      {
        roomIdentifier: expect.stringMatching(new RegExp(`:room/${roomId}$`)),
        userId: 'user-1',
        capabilities: SPEAK,
        sessionDurationInMinutes: 57,
        attributes: { displayName: 'Ada', avatar: 'fox', color: '#20c0a0', role: 'viewer' },
      },
    ]);
  });

  it.each([
    [NOW_MS, 3630],
    [NOW_MS + 1, 3629],
    [NOW_MS + 999, 3629],
    [NOW_MS + 1000, 3629],
  ])('at %i counts whole seconds and never too many', async (now, seconds) => {
    const input = { roomId: newRoom() };
    const { sessionSeconds } = await operation({ now })({ userId: 'u', role: 'viewer' }, input, signal());

    expect(sessionSeconds).toBe(seconds);
  });

  const byRole: Readonly<Record<Role, readonly string[]>> = {
    viewer: SPEAK,
    moderator: MODERATE,
    owner: MODERATE,
    admin: MODERATE,
  };
  it.each(ROLES.flatMap((role) => [[role, 'on', byRole[role]] as const, [role, 'off', SPEAK] as const]))(
    'to %s with socket moderation %s gives %j',
    async (role, socketModeration, expected) => {
      const roomId = newRoom();

      const { capabilities } = await operation({ socketModeration })(
        { userId: 'user-1', role },
        { roomId },
        signal(),
      );

      expect(capabilities).toEqual(expected);
      expect(ivs().server.received(roomId)[0]?.body).toMatchObject({
        capabilities: expected,
        attributes: { role },
      });
    },
  );

  it('takes nothing else from its input, even when the types are got around', async () => {
    const roomId = newRoom();
    const forged = {
      roomId,
      userId: 'somebody',
      role: 'admin',
      capabilities: MODERATE,
      sessionMinutes: 180,
      attributes: { badge: 'staff' },
    };

    await operation({})({ userId: 'user-1', role: 'viewer' }, forged, signal());

    expect(ivs().server.received(roomId)[0]?.body).toEqual({
      roomIdentifier: expect.any(String),
      userId: 'user-1',
      capabilities: SPEAK,
      sessionDurationInMinutes: 57,
      attributes: { displayName: expect.stringMatching(/^user-/), role: 'viewer' },
    });
  });

  it('asks IVS Chat for nothing when the profile is refused', async () => {
    const roomId = newRoom();
    const vend = operation({})(
      { userId: 'user-1', role: 'viewer' },
      { roomId, displayName: 'a@b.cd' },
      signal(),
    );

    await expect(vend).rejects.toMatchObject({ code: 'display-name-refused' });
    expect(ivs().server.received(roomId)).toEqual([]);
  });
});
