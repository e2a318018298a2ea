/** What the bearer of a chat token may do besides viewing. */
export type ChatCapability = 'SEND_MESSAGE' | 'DELETE_MESSAGE' | 'DISCONNECT_USER';

/** A text map that IVS Chat shows to everybody in the room. */
export type ChatAttributes = Readonly<Record<string, string>>;

/** A chat token to be made. */
export interface ChatTokenRequest {
  readonly roomId: string;
  readonly userId: string;
  readonly capabilities: readonly ChatCapability[];
  readonly sessionMinutes: number;
  readonly attributes: ChatAttributes;
}

/** A chat token: opens one connection, once, before it expires. */
export interface ChatToken {
  readonly token: string;
  /** Until when a connection can be opened with it. */
  readonly tokenExpirationTime: Date;
  /** When IVS Chat ends the connection that was opened with it. */
  readonly sessionExpirationTime: Date;
}

/**
 * The operations of IVS Chat that Roomkeeper uses. Room ids are the 12-character ones.
 *
 * Every operation ends when `signal` aborts, and fails with a ProblemError: `room-not-found`, or one whose code starts
 * with `upstream-`. A failed operation may have taken effect; one that was repeated may have taken effect twice.
 */
export interface ChatService {
  createChatToken(request: ChatTokenRequest, signal: AbortSignal): Promise<ChatToken>;
  /** @returns the id of the `aws:DELETE_MESSAGE` event. */
  deleteMessage(
    request: { readonly roomId: string; readonly messageId: string; readonly reason: string },
    signal: AbortSignal,
  ): Promise<{ readonly eventId: string }>;
  /** Closes every connection that the user has in the room. */
  disconnectUser(
    request: { readonly roomId: string; readonly userId: string; readonly reason: string },
    signal: AbortSignal,
  ): Promise<void>;
  /** @returns the id of the event. */
  sendEvent(
    request: { readonly roomId: string; readonly eventName: string; readonly attributes: ChatAttributes },
    signal: AbortSignal,
  ): Promise<{ readonly eventId: string }>;
}
