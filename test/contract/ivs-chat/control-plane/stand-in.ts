import { Ivschat } from '@aws-sdk/client-ivschat';
import { createClock } from '../../../../infra/local/clock.ts';
import { TEST_CREDENTIALS } from '../../../../infra/local/credentials.ts';
import { createFaultBoard } from '../../../../infra/local/faults/board.ts';
import { type IvsChatOptions, startIvsChat } from '../../../../infra/local/ivs-chat/index.ts';
import { signRequest } from './signed-request.ts';

export const REGION = 'eu-west-1';
export const ACCOUNT_ID = '123456789012';
/** A well-formed ARN of a room that no test creates. */
export const UNKNOWN_ROOM = roomArn('AbCdEf123456');
export const REVIEW_HANDLER = `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:roomkeeper-local-review-message:live`;

export function roomArn(id: string, region = REGION, accountId = ACCOUNT_ID): string {
  return `arn:aws:ivschat:${region}:${accountId}:room/${id}`;
}

/** The least that an operation accepts, about the room with this ARN. */
export function leastInput(operation: string, arn: string): object {
  const inputs: Readonly<Record<string, object>> = {
    CreateRoom: {},
    ListRooms: {},
    CreateChatToken: { roomIdentifier: arn, userId: 'ada' },
    DeleteMessage: { roomIdentifier: arn, id: 'AbCdEf123456' },
    DisconnectUser: { roomIdentifier: arn, userId: 'ada' },
    SendEvent: { roomIdentifier: arn, eventName: 'app:notice' },
  };
  return inputs[operation] ?? { identifier: arn };
}

export function loggingConfigurationArn(id: string): string {
  return `arn:aws:ivschat:${REGION}:${ACCOUNT_ID}:logging-configuration/${id}`;
}

/** Starts the stand-in on free ports, with the real AWS client for it. Rates are off unless a test is about them. */
export async function startStandIn(options: Partial<IvsChatOptions> = {}) {
  const lines: string[] = [];
  const clock = createClock();
  const faults = createFaultBoard();
  const chat = await startIvsChat({
    credentials: [TEST_CREDENTIALS],
    region: REGION,
    accountId: ACCOUNT_ID,
    port: 0,
    messagingPort: 0,
    clock,
    faults,
    dataDir: null,
    log: (line) => lines.push(line),
    lambdaEndpoint: () => null,
    ...options,
    knobs: { enforceRates: false, ...options.knobs },
  });
  const client = new Ivschat({
    region: REGION,
    endpoint: chat.endpoint,
    credentials: TEST_CREDENTIALS,
    maxAttempts: 1,
  });
  const operations = client as unknown as Readonly<Record<string, (input: object) => Promise<object>>>;
  return {
    chat,
    client,
    clock,
    faults,
    lines,
    /** Calls an operation by its name, with an input that the client's types may not allow. */
    call: async (operation: string, input: object) =>
      operations[`${operation.charAt(0).toLowerCase()}${operation.slice(1)}`]?.(input),
    /** Sends a body that no AWS client would send, signed by the AWS client. */
    post: async (
      path: string,
      body: string | Uint8Array<ArrayBuffer>,
      headers: Record<string, string> = {},
    ) => {
      const { host: _, ...signed } = await signRequest(
        { endpoint: chat.endpoint, region: REGION, credentials: TEST_CREDENTIALS },
        { path, body, headers: { 'content-type': 'application/json', ...headers } },
      );
      return fetch(`${chat.endpoint}${path}`, { method: 'POST', body, headers: signed });
    },
    async close() {
      client.destroy();
      await chat.close();
    },
  };
}

export type StandIn = Awaited<ReturnType<typeof startStandIn>>;

/** What a test reads of an error that the client parsed. */
export interface ParsedError {
  readonly name: string;
  readonly message: string;
  readonly reason?: string;
  readonly fieldList?: readonly { readonly name: string; readonly message: string }[];
  readonly resourceId?: string;
  readonly resourceType?: string;
  readonly limit?: number;
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** @returns what the call failed with. @throws Error when it did not fail. */
export async function errorOf(call: Promise<unknown>): Promise<ParsedError> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome === undefined) throw new Error('the call succeeded');
  return outcome as ParsedError;
}
