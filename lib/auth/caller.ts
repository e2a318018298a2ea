/** Somebody whose access token was verified. Every member comes from the token, none from the request. */
export interface Caller {
  /** The Cognito `sub`: also the user's id in IVS Chat. 1 to 128 of [A-Za-z0-9_-]. */
  readonly userId: string;
  /** Cognito groups, exactly as in the token. */
  readonly groups: readonly string[];
}

/**
 * Turns the value of an Authorization header into a caller.
 *
 * @param unverifiedAuthorization the header's value; undefined when it was not sent.
 * @throws ProblemError `no-credentials` (401), `invalid-token` (401) or `jwks-unavailable` (503).
 */
export type Authenticate = (unverifiedAuthorization: string | undefined) => Promise<Caller>;
