import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../../../infra/local/listen.ts';
import { errorOf, REVIEW_HANDLER, startStandIn } from './stand-in.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ivs-chat-rooms-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a restart', () => {
  it('keeps created, updated and deleted rooms in the data folder', async () => {
    const dataDir = join(folder, 'kept', 'ivs-chat');
    const first = await startStandIn({ dataDir });
    const messageReviewHandler = { uri: REVIEW_HANDLER, fallbackResult: 'DENY' as const };
    const kept = await first.client.createRoom({ name: 'kept', messageReviewHandler, tags: { a: 'b' } });
    const updated = await first.client.updateRoom({ identifier: kept.arn, maximumMessageLength: 9 });
    await first.close();

    const second = await startStandIn({ dataDir });
    const { $metadata, ...room } = await second.client.getRoom({ identifier: kept.arn });
    await second.client.deleteRoom({ identifier: kept.arn });
    await second.close();

    const third = await startStandIn({ dataDir });
    const gone = await errorOf(third.client.getRoom({ identifier: kept.arn }));
    await third.close();

    expect(updated).toMatchObject(room);
    expect(gone.name).toBe('ResourceNotFoundException');
    expect(await readdir(dataDir)).toEqual(['rooms.json']);
  });

  it('forgets everything without a data folder', async () => {
    const first = await startStandIn();
    await first.client.createRoom({});
    await first.close();
    const second = await startStandIn();
    const { rooms } = await second.client.listRooms({});
    await second.close();

    expect(rooms).toEqual([]);
  });

  it.each([
    ['not JSON', '{'],
    ['not a list of rooms', '{}'],
  ])('refuses to start on a file that is %s', async (what, text) => {
    const dataDir = await mkdtemp(join(folder, 'broken-'));
    await writeFile(join(dataDir, 'rooms.json'), text);

    await expect(startStandIn({ dataDir })).rejects.toThrow(`rooms.json is ${what}`);
  });

  it('leaves nothing listening when the control plane has no port', async () => {
    const blocker = await listen(createServer(), 0);
    const spare = await listen(createServer(), 0);
    await spare.close();
    await expect(startStandIn({ port: blocker.port, messagingPort: spare.port })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${blocker.port}`,
    );
    await blocker.close();

    const again = await listen(createServer(), spare.port);
    await again.close();
    expect(again.port).toBe(spare.port);
  });
});

describe('faults', () => {
  it('come before the control plane', async () => {
    const standIn = await startStandIn();
    standIn.faults.add({
      target: 'ivs-chat',
      match: 'GetRoom',
      times: 1,
      fault: { mode: 'status', status: 503 },
    });
    const error = await errorOf(standIn.client.getRoom({ identifier: 'x' }));
    const next = await errorOf(standIn.client.getRoom({ identifier: 'x' }));
    await standIn.close();

    expect([error.$metadata.httpStatusCode, next.$metadata.httpStatusCode]).toEqual([503, 400]);
  });
});
