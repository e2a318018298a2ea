import {
  ConditionalCheckFailedException,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalTable, startTable, TableName } from './local-table.ts';

let table: LocalTable;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.close());

const put = (item: Record<string, string | number>) =>
  table.sdk.send(new PutItemCommand({ TableName, Item: attributes(item) }));

function attributes(item: Record<string, string | number>) {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      typeof value === 'number' ? { N: String(value) } : { S: value },
    ]),
  );
}

/** Sort keys of what an index gives for a hash key and a range condition. */
async function query(
  index: string,
  condition: string,
  values: Record<string, string | number>,
  ascending = true,
) {
  const { Items = [] } = await table.sdk.send(
    new QueryCommand({
      TableName,
      IndexName: index,
      KeyConditionExpression: condition,
      ExpressionAttributeValues: attributes(values),
      ScanIndexForward: ascending,
    }),
  );
  return Items;
}
const sortKeys = (items: Awaited<ReturnType<typeof query>>) => items.map(({ sk }) => sk?.S);

describe('the table of infra/storage.yml', () => {
  it('has its keys and indexes, and says what it left out', async () => {
    const { Table } = await table.sdk.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
    expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual([
      'ActionsByRoomAndUser',
      'PendingActions',
      'SeatsByRoom',
    ]);
    expect(table.leftOut).toEqual([
      'DeletionProtectionEnabled',
      'PointInTimeRecoverySpecification',
      'SSESpecification',
      'TimeToLiveSpecification',
    ]);
  });

  it('gives back what was put', async () => {
    const item = { pk: 'ROOM#abcdefGHIJKL', sk: 'META', name: 'lobby', version: 1 };
    await put(item);
    const { Item } = await table.sdk.send(
      new GetItemCommand({
        TableName,
        Key: attributes({ pk: item.pk, sk: item.sk }),
        ConsistentRead: true,
      }),
    );
    expect(Item).toEqual(attributes(item));
  });

  it('lets one of many writers through a condition', async () => {
    const create = () =>
      table.sdk.send(
        new PutItemCommand({
          TableName,
          Item: attributes({ pk: 'REQUEST#1', sk: 'REQUEST' }),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    const results = await Promise.allSettled(Array.from({ length: 10 }, create));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.every(({ reason }) => reason instanceof ConditionalCheckFailedException)).toBe(true);
  });
});

describe('the index', () => {
  it('ActionsByRoomAndUser lists one user’s actions in one room, newest first', async () => {
    const pk = 'ROOM#one';
    const actionsOf = 'ROOM#one#USER#vi';
    await put({ pk, sk: 'ACTION#2026-01-01#a', actionsOf });
    await put({ pk, sk: 'ACTION#2026-01-02#b', actionsOf });
    await put({ pk, sk: 'ACTION#2026-01-03#c', actionsOf: 'ROOM#one#USER#mo' });
    const items = await query('ActionsByRoomAndUser', 'actionsOf = :of', { ':of': actionsOf }, false);
    expect(sortKeys(items)).toEqual(['ACTION#2026-01-02#b', 'ACTION#2026-01-01#a']);
  });

  it('PendingActions lists keys by due time, and forgets an action that drops its shard', async () => {
    const action = { pk: 'ROOM#two', pendingShard: 'PENDING#3', reason: 'spam' };
    await put({ ...action, sk: 'ACTION#1', dueAt: 2000 });
    await put({ ...action, sk: 'ACTION#2', dueAt: 1000 });
    await put({ ...action, sk: 'ACTION#3', dueAt: 9000 });
    await put({ pk: 'ROOM#two', sk: 'ACTION#4', dueAt: 1 });
    const due = () =>
      query('PendingActions', 'pendingShard = :shard AND dueAt <= :now', {
        ':shard': 'PENDING#3',
        ':now': 5000,
      });
    const before = await due();
    expect(sortKeys(before)).toEqual(['ACTION#2', 'ACTION#1']);
    expect(before[0]).not.toHaveProperty('reason');

    await table.sdk.send(
      new UpdateItemCommand({
        TableName,
        Key: attributes({ pk: 'ROOM#two', sk: 'ACTION#2' }),
        UpdateExpression: 'REMOVE pendingShard',
      }),
    );
    expect(sortKeys(await due())).toEqual(['ACTION#1']);
  });

  it('SeatsByRoom lists the seats whose session has not ended', async () => {
    const seat = { sk: 'SEAT#three', seatsOf: 'ROOM#three' };
    await put({ ...seat, pk: 'USER#gone', sessionEndsAt: 1000, displayName: 'Gone' });
    await put({ ...seat, pk: 'USER#here', sessionEndsAt: 3000, displayName: 'Here' });
    const seated = await query('SeatsByRoom', 'seatsOf = :room AND sessionEndsAt > :now', {
      ':room': 'ROOM#three',
      ':now': 2000,
    });
    expect(seated).toEqual([
      attributes({ ...seat, pk: 'USER#here', sessionEndsAt: 3000, displayName: 'Here' }),
    ]);
  });
});
