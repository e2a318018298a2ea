/** A chat room as IVS keeps it. Times are milliseconds since the epoch. */
export interface Room {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly createTime: number;
  readonly updateTime: number;
  /** Unicode code points, 1 to 500. */
  readonly maximumMessageLength: number;
  /** Messages a second in this room, 1 to 100. */
  readonly maximumMessageRatePerSecond: number;
  readonly messageReviewHandler?: MessageReviewHandler;
  readonly loggingConfigurationIdentifiers: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface MessageReviewHandler {
  /** ARN of a Lambda function, or of one of its aliases. */
  readonly uri: string;
  readonly fallbackResult: ReviewResult;
}

export type ReviewResult = 'ALLOW' | 'DENY';
export type Capability = 'SEND_MESSAGE' | 'DISCONNECT_USER' | 'DELETE_MESSAGE';

/** What CreateChatToken was asked to encode into a token. */
export interface ChatGrant {
  readonly roomArn: string;
  readonly userId: string;
  readonly capabilities: readonly Capability[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly sessionDurationInMinutes: number;
}

/** A minted token with its times in milliseconds since the epoch. */
export interface ChatToken {
  readonly token: string;
  readonly tokenExpirationTime: number;
  readonly sessionExpirationTime: number;
}

/** A redeemed token: what the connection may do, as whom, until when. */
export interface ChatSession extends ChatGrant {
  readonly sessionExpirationTime: number;
}

/** Single-use chat tokens. */
export interface ChatTokens {
  mint(grant: ChatGrant): ChatToken;
  /** Uses a token up. @returns the session, or why there is none. */
  redeem(token: string): ChatSession | 'unknown' | 'used' | 'expired';
}

/** The rooms of the account. */
export interface Rooms {
  get(arn: string): Room | undefined;
  list(): readonly Room[];
  put(room: Room): void;
  /** @returns whether the room existed. Open connections stay, as with IVS. */
  delete(arn: string): boolean;
}

/** The part of the messaging side that the control plane calls. Ids are 12 characters of [a-zA-Z0-9]. */
export interface MessagingHub {
  /** Tells the room to remove a message. @returns the event's id. */
  deleteMessage(roomArn: string, input: { readonly id: string; readonly reason?: string }): string;
  /** Tells the room, then closes every connection of the user in it. */
  disconnectUser(roomArn: string, input: { readonly userId: string; readonly reason?: string }): void;
  /** @returns the event's id. */
  sendEvent(
    roomArn: string,
    input: { readonly eventName: string; readonly attributes?: Readonly<Record<string, string>> },
  ): string;
  /** Connections open now, for the control port. */
  connections(): readonly Connection[];
  /** Frames sent to connections, oldest first, for the control port (the newest 10,000). */
  deliveries(): readonly Delivery[];
}

export interface Connection {
  readonly id: string;
  readonly roomArn: string;
  readonly userId: string;
  readonly capabilities: readonly Capability[];
  readonly connectedAt: number;
  readonly sessionExpirationTime: number;
}

export interface Delivery {
  readonly connectionId: string;
  readonly userId: string;
  readonly roomArn: string;
  readonly at: number;
  readonly frame: unknown;
}
