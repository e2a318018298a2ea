import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTable, TableName } from './local-table.ts';

const STORAGE_FILE = 'infra/storage.yml';
const Key = { pk: { S: 'USER#vi' }, sk: { S: 'SANCTION#GLOBAL' } };

let parent: string;
let dataDir: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'table-'));
  dataDir = join(parent, 'dynamodb');
});
afterEach(() => rm(parent, { recursive: true }));

/** storage.yml with one piece of text changed. */
async function storageWith(from: string, to: string): Promise<string> {
  const original = await readFile(STORAGE_FILE, 'utf8');
  expect(original).toContain(from);
  const file = join(parent, 'storage.yml');
  await writeFile(file, original.replace(from, to));
  return file;
}

describe('a data folder', () => {
  it('keeps table and items over a restart', async () => {
    const first = await startTable({ dataDir });
    await first.sdk.send(new PutItemCommand({ TableName, Item: { ...Key, kind: { S: 'ban' } } }));
    await first.close();

    const second = await startTable({ dataDir });
    const { Item } = await second.sdk.send(new GetItemCommand({ TableName, Key }));
    await second.close();
    expect(Item).toEqual({ ...Key, kind: { S: 'ban' } });
  });

  it('of another storage.yml is refused', async () => {
    await (await startTable({ dataDir })).close();
    const storageFile = await storageWith('ProjectionType: KEYS_ONLY', 'ProjectionType: ALL');
    await expect(startTable({ dataDir, storageFile })).rejects.toThrow('was made from another storage.yml');
  });
});

describe('a storage.yml with something unknown', () => {
  it.each([
    [
      'a property',
      '      BillingMode:',
      '      KinesisStreamSpecification: {}\n      BillingMode:',
      'KinesisStream',
    ],
    ['a key of an index', 'Projection: {', 'WarmThroughput: {}\n          Projection: {', 'WarmThroughput'],
    [
      'a key of the resource',
      '    DeletionPolicy:',
      '    Condition: IsProd\n    DeletionPolicy:',
      'Condition',
    ],
    ['a function', 'AttributeName: deleteAfter', 'AttributeName: !Ref Attribute', '!Ref'],
  ])('is refused by name: %s', async (_title, from, to, name) => {
    await expect(startTable({ storageFile: await storageWith(from, to) })).rejects.toThrow(name);
  });
});
