/** What Cognito lets a team configure or leaves undocumented. PARITY.md lists each with its default. */
export interface CognitoKnobs {
  /** `PreventUserExistenceErrors` of the app client: LEGACY answers UserNotFoundException for an unknown user. */
  readonly preventUserExistenceErrors: 'ENABLED' | 'LEGACY';
  readonly accessTokenMinutes: number;
  readonly idTokenMinutes: number;
  readonly refreshTokenDays: number;
  /** How long a challenge can be answered (`AuthSessionValidity`). */
  readonly authSessionMinutes: number;
  readonly temporaryPasswordDays: number;
  readonly caseSensitiveUsernames: boolean;
  readonly passwordMinimumLength: number;
  /** Whether a password needs an upper and a lower case letter, a digit and a symbol. */
  readonly passwordNeedsEveryClass: boolean;
  /** Whether a disabled user is told so before or only after the password was right. */
  readonly disabledUserIsTold: 'before-password' | 'after-password';
  /** Whether a request whose content type is not application/x-amz-json-1.1 is refused. */
  readonly requireAmzJson: boolean;
}

export const COGNITO_KNOBS: CognitoKnobs = {
  preventUserExistenceErrors: 'ENABLED',
  accessTokenMinutes: 15,
  idTokenMinutes: 60,
  refreshTokenDays: 30,
  authSessionMinutes: 3,
  temporaryPasswordDays: 7,
  caseSensitiveUsernames: false,
  passwordMinimumLength: 8,
  passwordNeedsEveryClass: true,
  disabledUserIsTold: 'before-password',
  requireAmzJson: true,
};
