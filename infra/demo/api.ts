import type { SeededUser, StackDescription } from '../local/stack-description.ts';
import { check } from './check.ts';

/** Signs a person in with name and password, as a frontend does, without an AWS SDK. @returns the access token. */
export async function signIn(stack: StackDescription, user: SeededUser): Promise<string> {
  const response = await fetch(stack.cognitoEndpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: stack.clientId,
      AuthParameters: { USERNAME: user.username, PASSWORD: user.password },
    }),
  });
  const answer = await objectOf(response);
  const result = answer.AuthenticationResult as { AccessToken?: unknown } | undefined;
  const accessToken = result?.AccessToken;
  check(
    typeof accessToken === 'string',
    `${user.username} could not sign in: Cognito answered ${response.status}.`,
  );
  return accessToken;
}

/** An answer of Roomkeeper's API. `code` is the problem's, when it is one. */
export interface ApiAnswer {
  readonly status: number;
  readonly code: string | undefined;
}

/** Calls a route of the API as a signed-in person. */
export async function callApi(
  stack: StackDescription,
  accessToken: string,
  [method, path]: readonly [method: string, path: string],
  body?: object,
): Promise<ApiAnswer> {
  const response = await fetch(`${stack.apiUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${accessToken}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const { code } = await objectOf(response);
  return { status: response.status, code: typeof code === 'string' ? code : undefined };
}

async function objectOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  const value: unknown = await response.json().catch(() => undefined);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
