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
 * An existing user pool or room is used as the template would use it.
 *
 * @param parameter a parameter of serverless.yml; null when it has none of that name. A reference to it then has no value.
 */
export function templateValues(
  made: MadeLocally,
  parameter: (name: string) => string | null,
): TemplateValues {
  const given = {
    ExistingUserPoolId: parameter('userPoolId'),
    ExistingUserPoolClientId: parameter('userPoolClientId'),
    ExistingRoomId: parameter('roomId'),
    ReviewReservedConcurrency: parameter('reviewReservedConcurrency'),
  };
  const references = {
    'AWS::AccountId': made.accountId,
    'AWS::Region': made.region,
    UserPool: made.userPoolId,
    UserPoolClient: made.userPoolClientId,
    'Room.Id': made.roomId,
    ...given,
  };
  return {
    references: Object.fromEntries(
      Object.entries(references).filter((entry): entry is [string, string] => entry[1] !== null),
    ),
    conditions: {
      CreateUserPool: given.ExistingUserPoolId === '',
      CreateRoom: given.ExistingRoomId === '',
      ReserveReview: given.ReviewReservedConcurrency !== '0',
    },
  };
}
