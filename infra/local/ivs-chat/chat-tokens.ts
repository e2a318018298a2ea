import { randomBytes as cryptoRandomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { ChatGrant, ChatSession, ChatTokens } from './model.ts';

/** "Tokens are valid for one minute from the time of creation" (IVS Chat user guide, getting-started-chat-auth). */
const TOKEN_LIFETIME_MS = 60_000;

/** How long a token that is past its minute is still told apart from one that never existed. Our choice. */
const REMEMBERED_AFTER_EXPIRY_MS = 600_000;

/** 96 and 52 base64url characters, which with the dot is the length of the token in AWS's documentation. */
const TOKEN_PART_BYTES = [72, 39] as const;

/** What {@link createChatTokens} needs. */
export interface ChatTokensOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Where the tokens' bytes come from; the system's random source when absent. */
  readonly randomBytes?: (size: number) => Buffer;
}

interface MintedToken {
  readonly session: ChatSession;
  readonly tokenExpirationTime: number;
  used: boolean;
}

/**
 * Creates the account's chat tokens, kept in memory.
 *
 * A token is 149 characters of `[A-Za-z0-9_.-]`, so that it can be a WebSocket subprotocol (RFC 6455). It may be redeemed
 * once, within {@link TOKEN_LIFETIME_MS}; the session's end counts from the time of issue. What was asked for is frozen
 * into the token.
 */
export function createChatTokens({ clock, randomBytes = cryptoRandomBytes }: ChatTokensOptions): ChatTokens {
  const minted = new Map<string, MintedToken>();
  return {
    mint(grant) {
      const now = clock.now();
      forgetOld(minted, now);
      const token = TOKEN_PART_BYTES.map((size) => randomBytes(size).toString('base64url')).join('.');
      const tokenExpirationTime = now + TOKEN_LIFETIME_MS;
      const sessionExpirationTime = now + grant.sessionDurationInMinutes * 60_000;
      minted.set(token, {
        session: freezeSession(grant, sessionExpirationTime),
        tokenExpirationTime,
        used: false,
      });
      return { token, tokenExpirationTime, sessionExpirationTime };
    },
    redeem(token) {
      const found = minted.get(token);
      if (!found) return 'unknown';
      if (found.used) return 'used';
      if (clock.now() >= found.tokenExpirationTime) return 'expired';
      found.used = true;
      return found.session;
    },
  };
}

function freezeSession(grant: ChatGrant, sessionExpirationTime: number): ChatSession {
  return Object.freeze({ ...structuredClone(grant), sessionExpirationTime });
}

/** Tokens are kept in the order of their expiry, so the old ones come first. */
function forgetOld(minted: Map<string, MintedToken>, now: number): void {
  for (const [token, { tokenExpirationTime }] of minted) {
    if (tokenExpirationTime + REMEMBERED_AFTER_EXPIRY_MS > now) return;
    minted.delete(token);
  }
}
