import type { Clock } from '../clock.ts';
import { notAuthorized } from './errors.ts';
import type { Randomness } from './randomness.ts';

/** Sign-ins that wait for an answer to their challenge. In memory only: they live for minutes. */
export interface Challenges {
  /** @returns the `Session` that the answer must carry. */
  issue(sub: string): string;
  /** @throws CognitoError NotAuthorizedException when the session is unknown, another user's, expired or used. */
  check(session: string, sub: string | undefined): void;
  /** Uses the session up. @throws CognitoError as {@link Challenges.check}. */
  take(session: string, sub: string): void;
}

/** SessionType allows 20 to 2048 characters. */
const SESSION_BYTES = 384;
const MINUTE_MS = 60_000;

export function createChallenges(
  clock: Clock,
  random: Randomness,
  { authSessionMinutes }: { readonly authSessionMinutes: number },
): Challenges {
  const issued = new Map<string, { sub: string; expiresAt: number; used: boolean }>();
  const find = (session: string, sub: string | undefined) => {
    const challenge = issued.get(session);
    if (!challenge || challenge.sub !== sub) throw notAuthorized('Invalid session for the user.');
    if (challenge.used) {
      throw notAuthorized('Invalid session for the user, session can only be used once.');
    }
    if (challenge.expiresAt <= clock.now()) {
      throw notAuthorized('Invalid session for the user, session is expired.');
    }
    return challenge;
  };
  return {
    issue(sub) {
      const session = random.bytes(SESSION_BYTES).toString('base64url');
      issued.set(session, { sub, expiresAt: clock.now() + authSessionMinutes * MINUTE_MS, used: false });
      return session;
    },
    check: (session, sub) => void find(session, sub),
    take(session, sub) {
      find(session, sub).used = true;
    },
  };
}
