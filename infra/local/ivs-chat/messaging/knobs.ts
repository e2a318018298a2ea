import type { ChatErrorName } from './chat-error.ts';
import {
  ACCOUNT_CONNECTIONS,
  ACCOUNT_DELETE_MESSAGES_PER_SECOND,
  ACCOUNT_DISCONNECT_USERS_PER_SECOND,
  ACCOUNT_SEND_MESSAGES_PER_SECOND,
  NORMAL_CLOSURE,
  REVIEW_TIMEOUT_MS,
} from './limits.ts';

/** The checks that a well-formed request goes through; the first that fails answers it. */
export type CheckName = 'session' | 'capability' | 'room' | 'fields' | 'rate';

/** What AWS does not document about messaging, one choice each. PARITY.md says why each default is what it is. */
export interface MessagingKnobs {
  /** Milliseconds a review may take. 200 on AWS, fixed; more is for debugging a handler. */
  readonly reviewTimeoutMs: number;
  /** What the sender gets when a failed review falls back to DENY. */
  readonly fallbackDenyError: ChatErrorName;
  /** A handler's DENY without Content: a denial, or an invalid response. */
  readonly denyRequiresContent: boolean;
  /** A missing, unknown, used or expired token: HTTP 401, or a connection that gets ERROR 401 and is closed. */
  readonly refusedToken: 'http-401' | 'error-frame';
  /** Whether `action` is as good as `Action` in a request. */
  readonly requestKeys: 'exact' | 'any-case';
  /** In which order a request is judged, after it has been parsed. */
  readonly checkOrder: readonly CheckName[];
  /** Bytes that the attributes of a message may have. */
  readonly maximumAttributesBytes: number;
  /** What of the attributes counts: the UTF-8 bytes of keys and values, or of their JSON text. */
  readonly attributesCountedAs: 'keys-and-values' | 'json';
  /** Bytes of the longest frame that is read; a longer one closes the connection with 1009. */
  readonly maximumFrameBytes: number;
  /** How a rate is judged: at most n in any second, or a bucket of n that refills with n a second. */
  readonly throttle: 'sliding-window' | 'token-bucket';
  /** Adjustable quotas of the account. */
  readonly sendMessagesPerSecond: number;
  readonly deleteMessagesPerSecond: number;
  readonly disconnectUsersPerSecond: number;
  readonly maximumConnections: number;
  /** Who sees the RequestId of a message or event: everybody in the room, or its sender only. */
  readonly requestIdSeenBy: 'everyone' | 'sender';
  /** Whether a user who is disconnected still gets the event that says so. */
  readonly disconnectedUserSeesEvent: boolean;
  /** DELETE_MESSAGE with an id that no message has had: the event goes out, or ERROR 404. */
  readonly unknownMessage: 'event' | 'not-found';
  /** DISCONNECT_USER of somebody without a connection: the event goes out, or ERROR 404. */
  readonly absentUser: 'event' | 'not-found';
  /** What a connection gets at the end of its session. */
  readonly sessionEnd: 'error-then-close' | 'close';
  /** The close code at the end of a session. */
  readonly sessionEndCloseCode: number;
  /** Milliseconds between the pings that the server sends; null sends none. */
  readonly pingIntervalMs: number | null;
  /** Messages of one connection: delivered as their reviews end, or in the order in which they were sent. */
  readonly messageOrder: 'as-reviewed' | 'as-sent';
  /** Whether a reviewed message goes out when its sender is gone: after leaving, after any end, or never. */
  readonly deliverAfterSenderLeft: 'client-closed' | 'always' | 'never';
  /** Texts of ErrorMessage that replace the defaults. */
  readonly errorTexts: Readonly<Partial<Record<ChatErrorName, string>>>;
}

export const DEFAULT_MESSAGING_KNOBS: MessagingKnobs = Object.freeze<MessagingKnobs>({
  reviewTimeoutMs: REVIEW_TIMEOUT_MS,
  fallbackDenyError: 'rejected',
  denyRequiresContent: true,
  refusedToken: 'http-401',
  requestKeys: 'exact',
  checkOrder: ['session', 'capability', 'room', 'fields', 'rate'],
  maximumAttributesBytes: 1024,
  attributesCountedAs: 'keys-and-values',
  maximumFrameBytes: 1_048_576,
  throttle: 'sliding-window',
  sendMessagesPerSecond: ACCOUNT_SEND_MESSAGES_PER_SECOND,
  deleteMessagesPerSecond: ACCOUNT_DELETE_MESSAGES_PER_SECOND,
  disconnectUsersPerSecond: ACCOUNT_DISCONNECT_USERS_PER_SECOND,
  maximumConnections: ACCOUNT_CONNECTIONS,
  requestIdSeenBy: 'everyone',
  disconnectedUserSeesEvent: true,
  unknownMessage: 'event',
  absentUser: 'event',
  sessionEnd: 'error-then-close',
  sessionEndCloseCode: NORMAL_CLOSURE,
  pingIntervalMs: null,
  messageOrder: 'as-reviewed',
  deliverAfterSenderLeft: 'client-closed',
  errorTexts: {},
});
