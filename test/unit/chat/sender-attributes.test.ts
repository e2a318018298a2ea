import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { senderAttributes, TOKEN_ATTRIBUTES_MAX_BYTES } from '../../../lib/chat/index.ts';
import { REGION, type StandIn, startStandIn } from '../../contract/ivs-chat/control-plane/stand-in.ts';
import { OWNER, POLICY, profileOf } from './support/accepted-profiles.ts';

/** A profile whose attributes take this many bytes of JSON: only a deployment's own long avatar id can be that long. */
function profileOfSize(bytes: number, letter: string) {
  const empty = senderAttributes(OWNER, { displayName: 'Ada', avatar: '' }, policyWith(''));
  const left = bytes - Buffer.byteLength(JSON.stringify(empty));
  const wide = letter.repeat(Math.floor(left / Buffer.byteLength(letter)));
  return { displayName: 'Ada', avatar: wide + 'a'.repeat(left - Buffer.byteLength(wide)) };
}

const policyWith = (avatarId: string) => ({ ...POLICY, avatars: { ids: [avatarId], hosts: [] } });

describe('the attributes of a sender', () => {
  it('are the profile and, last, the role that the server gives', () => {
    const attributes = profileOf({ displayName: 'Ada', avatar: 'fox', color: '#20c0a0' });

    expect(JSON.stringify(attributes)).toBe(
      '{"displayName":"Ada","avatar":"fox","color":"#20c0a0","role":"viewer"}',
    );
  });

  it('hold nothing that a client did not say, besides name and role', () => {
    expect(Object.keys(profileOf({}))).toEqual(['displayName', 'role']);
    expect(Object.keys(profileOf({ displayName: undefined, avatar: undefined, color: undefined }))).toEqual([
      'displayName',
      'role',
    ]);
  });

  it('take no role and no other key from the profile, even when the types are got around', () => {
    const forged = { displayName: 'Ada', role: 'admin', badge: 'staff', userId: 'somebody' };

    expect(profileOf(forged)).toEqual({ displayName: 'Ada', role: 'viewer' });
  });

  it.each([
    ['letters', 'a'],
    ['two bytes each', 'ü'],
    ['four bytes each', '🦊'],
  ])('may take 1024 bytes and not one more (%s)', (_what, letter) => {
    const fits = profileOfSize(TOKEN_ATTRIBUTES_MAX_BYTES, letter);
    const tooLong = profileOfSize(TOKEN_ATTRIBUTES_MAX_BYTES + 1, letter);

    expect(Buffer.byteLength(JSON.stringify(profileOf(fits, policyWith(fits.avatar))))).toBe(1024);
    expect(profileOf(tooLong, policyWith(tooLong.avatar))).toBe('invalid-body');
  });
});

describe.each(['keys-and-values', 'json'] as const)(
  'attributes that pass here, counted as %s',
  (countedAs) => {
    let standIn: StandIn;
    let roomIdentifier: string | undefined;
    beforeAll(async () => {
      standIn = await startStandIn({ region: REGION, knobs: { attributesCountedAs: countedAs } });
      roomIdentifier = (await standIn.client.createRoom({})).arn;
    });
    afterAll(async () => standIn.close());

    it.each([
      ['of the largest size', profileOfSize(TOKEN_ATTRIBUTES_MAX_BYTES, 'a')],
      ['of the largest size in emoji', profileOfSize(TOKEN_ATTRIBUTES_MAX_BYTES, '🦊')],
      ['that JSON escapes', { displayName: '"\\'.repeat(20), avatar: 'fox' }],
    ])('%s pass CreateChatToken', async (_what, profile) => {
      const attributes = senderAttributes(OWNER, profile, policyWith(profile.avatar));

      await expect(
        standIn.client.createChatToken({
          roomIdentifier,
          userId: OWNER.userId,
          attributes: { ...attributes },
        }),
      ).resolves.toMatchObject({ token: expect.any(String) });
    });
  },
);
