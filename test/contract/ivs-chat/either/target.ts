import { IvschatClient } from '@aws-sdk/client-ivschat';
import { createClock } from '../../../../infra/local/clock.ts';
import { TEST_CREDENTIALS } from '../../../../infra/local/credentials.ts';
import { createFaultBoard } from '../../../../infra/local/faults/board.ts';
import { startIvsChat } from '../../../../infra/local/ivs-chat/index.ts';

/** What the tests of this folder run against: the stand-in, or Amazon IVS Chat itself with REMOTE=1 and credentials. */
export interface Target {
  readonly client: IvschatClient;
  /** `regionOrUrl` of the messaging client. */
  readonly regionOrUrl: string;
  close(): Promise<void>;
}

export const REMOTE = process.env.REMOTE === '1';

/** @throws Error when REMOTE=1 is set without AWS_REGION. */
export async function openTarget(): Promise<Target> {
  if (REMOTE) {
    const region = process.env.AWS_REGION;
    if (!region) throw new Error('REMOTE=1 needs AWS_REGION and credentials');
    const client = new IvschatClient({ region });
    return { client, regionOrUrl: region, close: async () => client.destroy() };
  }
  const region = 'eu-west-1';
  const ivsChat = await startIvsChat({
    credentials: [TEST_CREDENTIALS],
    region,
    accountId: '123456789012',
    port: 0,
    messagingPort: 0,
    clock: createClock(),
    faults: createFaultBoard(),
    dataDir: null,
    log: () => {},
    lambdaEndpoint: () => null,
  });
  const client = new IvschatClient({ region, endpoint: ivsChat.endpoint, credentials: TEST_CREDENTIALS });
  return { client, regionOrUrl: ivsChat.messagingUrl, close: ivsChat.close };
}
