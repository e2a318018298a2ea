/** What of the template the local stack has made. */
export interface MadeLocally {
  readonly region: string;
  readonly accountId: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly roomId: string;
}

/** What the template's references and conditions amount to on this machine (infra/auth.yml, infra/chat.yml). */
export interface TemplateValues {
  readonly references: Readonly<Record<string, string>>;
  readonly conditions: Readonly<Record<string, boolean>>;
}

/**
 * @param parameters as given for serverless.yml: an existing user pool or room is used as the template would use it.
 */
export function templateValues(
  made: MadeLocally,
  parameters: Readonly<Record<string, string>> = {},
): TemplateValues {
  const { userPoolId = '', userPoolClientId = '', roomId = '', reviewReservedConcurrency = '0' } = parameters;
  return {
    references: {
      'AWS::AccountId': made.accountId,
      'AWS::Region': made.region,
      UserPool: made.userPoolId,
      UserPoolClient: made.userPoolClientId,
      'Room.Id': made.roomId,
      ExistingUserPoolId: userPoolId,
      ExistingUserPoolClientId: userPoolClientId,
      ExistingRoomId: roomId,
      ReviewReservedConcurrency: reviewReservedConcurrency,
    },
    conditions: {
      CreateUserPool: userPoolId === '',
      CreateRoom: roomId === '',
      ReserveReview: reviewReservedConcurrency !== '0',
    },
  };
}
