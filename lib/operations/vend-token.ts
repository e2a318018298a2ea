import { type Capability, capabilitiesOf, type RoomCaller, type SocketModeration } from '../access/index.ts';
import {
  type ChatService,
  type ProfilePolicy,
  SESSION_MINUTES_MIN,
  senderAttributes,
  type UnverifiedProfile,
} from '../chat/index.ts';

/** Sessions are shortened by up to this part, so that viewers who came together do not renew together. */
const SESSION_SPREAD = 0.1;

/** What vending needs. */
export interface VendTokenDeps extends ProfilePolicy {
  readonly chat: Pick<ChatService, 'createChatToken'>;
  /** Configured length of a session, 5 to 180. */
  readonly sessionMinutes: number;
  readonly socketModeration: SocketModeration;
  /** @returns milliseconds since the epoch. */
  readonly now: () => number;
  /** @returns 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}

/** A request for a chat token. */
export interface VendTokenInput extends UnverifiedProfile {
  readonly roomId: string;
}

/** A chat token with everything that a client needs to connect, and to renew in time. */
export interface VendedToken {
  readonly token: string;
  /** ISO 8601; about a minute from now: connect before. */
  readonly tokenExpirationTime: string;
  /** ISO 8601; by the service's clock. */
  readonly sessionExpirationTime: string;
  /** How long the session really lasts from now: for clients, whose clocks are wrong. */
  readonly sessionSeconds: number;
  readonly capabilities: readonly Capability[];
  readonly userId: string;
}

/** POST /rooms/{roomId}/tokens: a chat token with what the caller's role allows, and nothing that the body asks for. */
export const vendToken =
  (deps: VendTokenDeps) =>
  async (
    caller: RoomCaller,
    { roomId, ...profile }: VendTokenInput,
    signal: AbortSignal,
  ): Promise<VendedToken> => {
    const attributes = senderAttributes(caller, profile, deps);
    const capabilities = capabilitiesOf(caller.role, deps.socketModeration);
    const sessionMinutes = spreadSession(deps.sessionMinutes, deps.random());
    const { userId } = caller;
    const token = await deps.chat.createChatToken(
      { roomId, userId, capabilities, sessionMinutes, attributes },
      signal,
    );
    return {
      token: token.token,
      tokenExpirationTime: token.tokenExpirationTime.toISOString(),
      sessionExpirationTime: token.sessionExpirationTime.toISOString(),
      sessionSeconds: Math.floor((token.sessionExpirationTime.getTime() - deps.now()) / 1000),
      capabilities,
      userId,
    };
  };

/**
 * @param random 0 (inclusive) to 1 (exclusive).
 * @returns whole minutes between 90 % and 100 % of `minutes`, all equally likely, and no less than 5.
 */
export function spreadSession(minutes: number, random: number): number {
  const spread = Math.floor(minutes * SESSION_SPREAD);
  return Math.max(SESSION_MINUTES_MIN, minutes - Math.floor(random * (spread + 1)));
}
