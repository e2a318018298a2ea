import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTable, startDynamoDb } from '../../../infra/local/dynamodb/index.ts';
import { createFaultBoard, type FaultBoard } from '../../../infra/local/faults/board.ts';

export const TableName = 'roomkeeper-test';
const REGION = 'eu-west-1';

/** The table of infra/storage.yml on a free port, with the AWS SDK's client for it. */
export interface LocalTable {
  readonly endpoint: string;
  readonly sdk: DynamoDBClient;
  readonly faults: FaultBoard;
  readonly logged: readonly string[];
  readonly leftOut: readonly string[];
  close(): Promise<void>;
}

export async function startTable(
  options: { dataDir?: string | null; storageFile?: string } = {},
): Promise<LocalTable> {
  const { dataDir = null, ...storage } = options;
  const faults = createFaultBoard();
  const logged: string[] = [];
  const server = await startDynamoDb({ port: 0, faults, dataDir, log: (line) => void logged.push(line) });
  const { endpoint } = server;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const sdk = new DynamoDBClient({ endpoint, region: REGION, credentials, maxAttempts: 1 });
  const close = async () => {
    sdk.destroy();
    await server.close();
  };
  try {
    const { leftOut } = await createTable({ endpoint, region: REGION, tableName: TableName, ...storage });
    return { endpoint, sdk, faults, logged, leftOut, close };
  } catch (error) {
    await close();
    throw error;
  }
}
