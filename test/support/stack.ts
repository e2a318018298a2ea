import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll } from 'vitest';
import { type Stack, type StackOptions, startStack } from '../../infra/local/stack.ts';

/** A stack that lives as long as the tests of the file, on free ports, with what its functions wrote to their logs. */
export interface TestStack {
  readonly stack: Stack;
  readonly description: Stack['description'];
  readonly roomId: string;
  readonly functionLogs: string[];
}

/**
 * Starts a stack before the tests of a file and ends it after them.
 *
 * @returns a function that gives the running stack (tests are declared before it runs).
 */
export function useStack(options: StackOptions | (() => Promise<StackOptions>) = {}): () => TestStack {
  let running: TestStack | undefined;
  beforeAll(async () => {
    const functionLogs: string[] = [];
    const stack = await startStack({
      portBase: 0,
      onFunctionLog: (_name, line) => functionLogs.push(line),
      ...(typeof options === 'function' ? await options() : options),
    });
    const [room] = stack.description.rooms;
    if (!room) throw new Error('the stack seeded no room');
    running = { stack, description: stack.description, roomId: room.id, functionLogs };
  });
  afterAll(async () => running?.stack.close());
  return () => {
    if (!running) throw new Error('the stack is not running yet');
    return running;
  };
}

/** Signs one of the seeded people in with the real Cognito client. @returns their access and id token. */
export async function signIn(
  { description }: Pick<TestStack, 'description'>,
  username: string,
): Promise<{ accessToken: string; idToken: string }> {
  const user = description.users.find((candidate) => candidate.username === username);
  if (!user) throw new Error(`no seeded user is called ${username}`);
  const client = new CognitoIdentityProviderClient({
    endpoint: description.cognitoEndpoint,
    region: description.region,
    credentials: description.credentials,
  });
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: description.clientId,
      AuthParameters: { USERNAME: user.username, PASSWORD: user.password },
    }),
  );
  client.destroy();
  if (!AuthenticationResult?.AccessToken || !AuthenticationResult.IdToken)
    throw new Error('sign-in gave no token');
  return { accessToken: AuthenticationResult.AccessToken, idToken: AuthenticationResult.IdToken };
}

/** An answer of the API with its JSON body. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Calls the API as a frontend does. Without `token` no Authorization header is sent. */
export async function callApi(
  { description }: Pick<TestStack, 'description'>,
  method: string,
  path: string,
  {
    token,
    body,
    headers = {},
  }: { token?: string | undefined; body?: unknown; headers?: Record<string, string> } = {},
): Promise<ApiAnswer> {
  const response = await fetch(`${description.apiUrl}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}
