import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { notAuthorized } from './errors.ts';
import type { Randomness } from './randomness.ts';

/** One sign-in: everything that its refresh token can still give. Times are milliseconds since the epoch. */
export interface SignIn {
  /** SHA-256 of the refresh token, base64url: the token itself is not kept. */
  readonly tokenHash: string;
  readonly sub: string;
  /** Ties all tokens of the sign-in together (`origin_jti`). */
  readonly originJti: string;
  readonly eventId: string;
  readonly authTime: number;
  readonly expiresAt: number;
  readonly revoked: boolean;
}

export interface SignIns {
  /** Records a sign-in. @returns it with its refresh token, which cannot be had again. */
  open(sub: string): { signIn: SignIn; refreshToken: string };
  /** @throws CognitoError NotAuthorizedException for a token that is unknown, expired or revoked. */
  redeem(refreshToken: string): SignIn;
  /** Whether tokens of this sign-in still work at Cognito itself. */
  isLive(originJti: string, sub: string): boolean;
  revoke(refreshToken: string): void;
  /** Ends every sign-in of a user. */
  revokeAll(sub: string): void;
  contents(): readonly SignIn[];
}

/** Cognito's refresh tokens have about 1,750 characters; a frontend that stores one should meet that size here. */
const REFRESH_TOKEN_BYTES = 1_312;
const DAY_MS = 86_400_000;

interface SignInsOptions {
  readonly signIns: readonly SignIn[];
  readonly refreshTokenDays: number;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly onChange: () => void;
}

export function createSignIns({ clock, random, onChange, ...options }: SignInsOptions): SignIns {
  const byHash = new Map(options.signIns.map((signIn) => [signIn.tokenHash, signIn]));
  const revokeWhere = (applies: (signIn: SignIn) => boolean) => {
    for (const signIn of byHash.values()) {
      if (applies(signIn)) byHash.set(signIn.tokenHash, { ...signIn, revoked: true });
    }
    onChange();
  };
  return {
    open(sub) {
      forgetExpired(byHash, clock.now());
      const refreshToken = random.bytes(REFRESH_TOKEN_BYTES).toString('base64url');
      const signIn: SignIn = {
        tokenHash: hash(refreshToken),
        sub,
        originJti: random.uuid(),
        eventId: random.uuid(),
        authTime: clock.now(),
        expiresAt: clock.now() + options.refreshTokenDays * DAY_MS,
        revoked: false,
      };
      byHash.set(signIn.tokenHash, signIn);
      onChange();
      return { signIn, refreshToken };
    },
    redeem(refreshToken) {
      const signIn = byHash.get(hash(refreshToken));
      if (!signIn) throw notAuthorized('Invalid Refresh Token');
      if (signIn.revoked) throw notAuthorized('Refresh Token has been revoked');
      if (signIn.expiresAt <= clock.now()) throw notAuthorized('Refresh Token has expired');
      return signIn;
    },
    isLive: (originJti, sub) =>
      [...byHash.values()].some((one) => one.originJti === originJti && one.sub === sub && !one.revoked),
    revoke: (refreshToken) => revokeWhere(({ tokenHash }) => tokenHash === hash(refreshToken)),
    revokeAll: (sub) => revokeWhere((signIn) => signIn.sub === sub),
    contents: () => [...byHash.values()],
  };
}

/** A day late, so that access tokens of the last refresh are still known. */
function forgetExpired(byHash: Map<string, SignIn>, now: number): void {
  for (const { tokenHash, expiresAt } of byHash.values()) {
    if (expiresAt + DAY_MS < now) byHash.delete(tokenHash);
  }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
