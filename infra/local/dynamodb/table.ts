import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { TEST_CREDENTIALS } from '../credentials.ts';
import { readTableDefinition } from './table-definition.ts';

/** The template that AWS gets too. */
const STORAGE_FILE = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'storage.yml');
/** In seconds. The SDK's own delays are for AWS, where a table takes many seconds to become active. */
const WAIT = { minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 10 };

/**
 * Creates the table of infra/storage.yml, or finds it again after a restart.
 *
 * @returns the properties of the template that the local table does not have.
 * @throws Error when the template holds something unknown, or the existing table was made from another one.
 */
export async function createTable(input: {
  endpoint: string;
  region: string;
  tableName: string;
  storageFile?: string;
}): Promise<{ leftOut: readonly string[] }> {
  const { endpoint, region, tableName, storageFile = STORAGE_FILE } = input;
  const { request, leftOut } = await readTableDefinition(storageFile);
  const wanted = { ...request, TableName: tableName } as CreateTableCommandInput;
  const credentials = { ...TEST_CREDENTIALS };
  const client = new DynamoDBClient({ endpoint, region, credentials });
  try {
    const existing = await describe(client, tableName);
    if (existing) checkSame(existing, wanted);
    else await client.send(new CreateTableCommand(wanted));
    await waitUntilTableExists({ client, ...WAIT }, { TableName: tableName });
  } finally {
    client.destroy();
  }
  return { leftOut };
}

async function describe(client: DynamoDBClient, tableName: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: tableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function checkSame(existing: TableDescription, wanted: CreateTableCommandInput): void {
  if (isDeepStrictEqual(shapeOf(existing), shapeOf(wanted))) return;
  throw new Error(
    `the table ${wanted.TableName} was made from another storage.yml: delete the data folder and start again`,
  );
}

/** Keys and indexes without what a description adds to them, in an order that does not depend on the source. */
function shapeOf(table: TableDescription | CreateTableCommandInput): unknown {
  const indexes = (table.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) => [
    IndexName,
    KeySchema,
    Projection?.ProjectionType,
    [...(Projection?.NonKeyAttributes ?? [])].sort(),
  ]);
  const attributes = (table.AttributeDefinitions ?? []).map(
    (one) => `${one.AttributeName} ${one.AttributeType}`,
  );
  return [table.KeySchema, attributes.sort(), indexes.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))];
}
