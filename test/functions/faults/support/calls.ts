import type { OperationName } from '../../../support/fault-rows.ts';
import { type ApiAnswer, callApi, signIn, type TestStack } from '../../../support/stack.ts';

interface Call {
  readonly username: string;
  readonly method: string;
  /** Below `/rooms/{roomId}`. */
  readonly path: string;
  readonly body: unknown;
  /** Status of a good answer. */
  readonly status: number;
}

/** The request to the API that makes it call an operation of IVS Chat. */
export const CALLS: Readonly<Record<OperationName, Call>> = {
  CreateChatToken: { username: 'vi', method: 'POST', path: '/tokens', body: {}, status: 201 },
  DeleteMessage: {
    username: 'mo',
    method: 'DELETE',
    path: '/messages/AbCdEf123456',
    body: { publicReason: 'spam' },
    status: 200,
  },
  DisconnectUser: {
    username: 'mo',
    method: 'POST',
    path: '/users/somebody-else/disconnect',
    body: { publicReason: 'spam' },
    status: 200,
  },
  SendEvent: { username: 'mo', method: 'POST', path: '/events', body: { eventName: 'poll' }, status: 200 },
};

export const OPERATIONS = Object.keys(CALLS) as readonly OperationName[];

/** Makes the calls of somebody who has signed in, as a frontend does. */
export interface Caller {
  call(operation: OperationName): Promise<ApiAnswer>;
}

/** Signs the seeded people in. */
export async function createCaller(stack: TestStack): Promise<Caller> {
  const tokens = new Map<string, string>();
  for (const username of ['vi', 'mo']) tokens.set(username, (await signIn(stack, username)).accessToken);
  return {
    call: (operation) => {
      const { username, method, path, body } = CALLS[operation];
      return callApi(stack, method, `/rooms/${stack.roomId}${path}`, { token: tokens.get(username), body });
    },
  };
}
