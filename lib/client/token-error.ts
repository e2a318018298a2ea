/** Why the API gave no token. Holds neither a token nor anything that a person wrote. */
export interface TokenErrorDetails {
  /**
   * The API's problem code; or `network` (no answer), `timeout`, `invalid-answer` (an answer that is no token),
   * `no-access-token` (getAccessToken failed), `access-token-timeout` (it did not settle), `http-<status>` (an error
   * without a problem body).
   */
  readonly code: string;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** How long the API asks to wait, in seconds. */
  readonly retryAfterSeconds?: number;
  /** When a ban ends, by the server's clock. */
  readonly expiresAt?: Date;
  /** Quote it when reporting the problem. */
  readonly requestId?: string;
}

/** What a token provider rejects with. The messaging SDK swallows it: see `onError` of `createTokenProvider`. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  readonly code: string;
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly expiresAt: Date | undefined;
  readonly requestId: string | undefined;

  constructor(details: TokenErrorDetails) {
    super(`no chat token: ${details.code}`);
    this.code = details.code;
    this.status = details.status;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.expiresAt = details.expiresAt;
    this.requestId = details.requestId;
  }
}
