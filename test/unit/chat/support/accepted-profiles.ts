import { type ProfilePolicy, senderAttributes, type UnverifiedProfile } from '../../../../lib/chat/index.ts';
import { ProblemError } from '../../../../lib/errors/index.ts';

export const OWNER = { userId: '5f6f2c1e-0b1d-4c7e-9a55-000000000001', role: 'viewer' };

/** The avatars of the tests, and a review that lets every name pass. */
export const POLICY: ProfilePolicy = {
  avatars: { ids: ['fox', 'owl-2'], hosts: ['cdn.example.com', 'xn--bcher-kva.example'] },
  reviewDisplayName: () => true,
};

/** What the room would see, or the code and place of the refusal. */
export function profileOf(profile: UnverifiedProfile, policy = POLICY) {
  try {
    return senderAttributes(OWNER, profile, policy);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return `${error.code} ${error.errors?.[0]?.pointer ?? ''}`.trim();
  }
}
