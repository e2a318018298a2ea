import { connect } from 'node:net';
import {
  ListTablesCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalTable, startTable, TableName } from './local-table.ts';

let table: LocalTable;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.close());

const Item = { pk: { S: 'a' }, sk: { S: 'b' } };
const alive = () => table.sdk.send(new ListTablesCommand());

describe('what is not emulated is refused by name', () => {
  it.each([
    [
      'transactions',
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item } }] }),
      'TransactWriteItems',
    ],
    [
      'time to live',
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { AttributeName: 'deleteAfter', Enabled: true },
      }),
      'UpdateTimeToLive',
    ],
    [
      'the item of a failed condition',
      new PutItemCommand({ TableName, Item, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
      'ReturnValuesOnConditionCheckFailure of PutItem',
    ],
  ])('%s', async (_title, command, name) => {
    const send = table.sdk.send(command as PutItemCommand);
    await expect(send).rejects.toMatchObject({
      name: 'NotImplementedInStandIn',
      message: expect.stringContaining(name),
      $metadata: { httpStatusCode: 501 },
    });
    expect(table.logged.at(-1)).toContain(name);
  });
});

describe('the process survives', () => {
  it.each(['null', '[]', '{', '"text"', ''])('the body %j', async (body) => {
    const response = await fetch(table.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.PutItem',
        authorization: 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c',
        'x-amz-date': '20260101T000000Z',
      },
      body,
    });
    expect(response.status).toBe(400);
    await expect(response.json()).resolves.toMatchObject({
      __type: 'com.amazonaws.dynamodb.v20120810#SerializationException',
    });
  });

  it('a client that goes away in the middle of a request', async () => {
    const socket = connect(Number(new URL(table.endpoint).port), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{"half":');
    await alive();
    socket.resetAndDestroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(alive()).resolves.toHaveProperty('TableNames');
  });

  it('being closed while it is asked', async () => {
    const other = await startTable();
    const asked = Array.from({ length: 50 }, (_, index) =>
      other.sdk.send(new PutItemCommand({ TableName, Item: { ...Item, sk: { S: String(index) } } })),
    );
    const results = Promise.allSettled(asked);
    await asked[0];
    await other.close();
    expect(await results).toHaveLength(50);
  });
});

it('a fault stands in front of it', async () => {
  const fault = { mode: 'status', status: 500, body: { __type: 'InternalServerError' } } as const;
  table.faults.add({ target: 'dynamodb', match: 'ListTables', times: 1, fault });
  await expect(alive()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  await expect(alive()).resolves.toHaveProperty('TableNames');
});
