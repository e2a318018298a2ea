import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  errorOf,
  loggingConfigurationArn,
  REVIEW_HANDLER,
  roomArn,
  type StandIn,
  startStandIn,
} from './stand-in.ts';

const LOGGING = loggingConfigurationArn('Logging00001');

let standIn: StandIn;

beforeAll(async () => {
  standIn = await startStandIn({ knobs: { enforceRates: false, loggingConfigurations: [LOGGING] } });
});
afterAll(() => standIn.close());

async function newRoom(input: Parameters<StandIn['client']['createRoom']>[0] = {}): Promise<string> {
  return (await standIn.client.createRoom(input)).arn ?? '';
}

/** What the client parsed, without what belongs to the transport. */
function withoutMetadata(output: { $metadata: unknown }): object {
  const { $metadata, ...rest } = output;
  return rest;
}

describe('CreateRoom', () => {
  it('gives a room without settings the defaults of the API reference', async () => {
    const before = standIn.clock.now();
    const room = await standIn.client.createRoom({});

    expect(room.id).toMatch(/^[a-zA-Z0-9]{12}$/);
    expect(room.createTime?.getTime()).toBeGreaterThanOrEqual(before);
    expect(withoutMetadata(room)).toEqual({
      arn: roomArn(room.id ?? ''),
      id: room.id,
      name: '',
      createTime: room.updateTime,
      updateTime: room.updateTime,
      maximumMessageLength: 500,
      maximumMessageRatePerSecond: 10,
      tags: {},
    });
  });

  it('keeps every setting', async () => {
    const settings = {
      name: 'lobby',
      maximumMessageLength: 120,
      maximumMessageRatePerSecond: 50,
      messageReviewHandler: { uri: REVIEW_HANDLER, fallbackResult: 'DENY' },
      loggingConfigurationIdentifiers: [LOGGING],
      tags: { team: 'chat', __proto__x: '' },
    } as const;
    const room = await standIn.client.createRoom({ ...settings, loggingConfigurationIdentifiers: [LOGGING] });

    expect(room).toMatchObject(settings);
    expect(withoutMetadata(await standIn.client.getRoom({ identifier: room.arn }))).toEqual(
      withoutMetadata(room),
    );
  });

  it('lets messages through by default when review fails', async () => {
    const room = await standIn.client.createRoom({ messageReviewHandler: { uri: REVIEW_HANDLER } });

    expect(room.messageReviewHandler).toEqual({ uri: REVIEW_HANDLER, fallbackResult: 'ALLOW' });
  });

  it.each([
    ['another account', REVIEW_HANDLER.replace('123456789012', '210987654321')],
    ['another region', REVIEW_HANDLER.replace('eu-west-1', 'us-east-1')],
  ])('refuses a review handler of %s', async (_title, uri) => {
    const error = await errorOf(standIn.client.createRoom({ messageReviewHandler: { uri } }));

    expect(error).toMatchObject({ name: 'ValidationException', fieldList: [{ name: 'uri' }] });
  });

  it('refuses a logging configuration that does not exist', async () => {
    const missing = loggingConfigurationArn('Missing00001');
    const error = await errorOf(standIn.client.createRoom({ loggingConfigurationIdentifiers: [missing] }));

    expect(error).toMatchObject({ name: 'ResourceNotFoundException', resourceId: 'Missing00001' });
  });
});

describe('UpdateRoom', () => {
  it('leaves omitted members unchanged and moves updateTime', async () => {
    const identifier = await newRoom({
      name: 'before',
      maximumMessageLength: 99,
      maximumMessageRatePerSecond: 7,
      messageReviewHandler: { uri: REVIEW_HANDLER, fallbackResult: 'DENY' },
      loggingConfigurationIdentifiers: [LOGGING],
      tags: { team: 'chat' },
    });
    const before = await standIn.client.getRoom({ identifier });
    standIn.clock.advance(1000);
    const after = await standIn.client.updateRoom({ identifier, name: 'after' });

    const { name, updateTime, ...unchanged } = withoutMetadata(before) as Record<string, unknown>;
    expect(after).toMatchObject({ ...unchanged, name: 'after' });
    expect(after.updateTime?.getTime()).toBeGreaterThanOrEqual((updateTime as Date).getTime() + 1000);
    expect(withoutMetadata(await standIn.client.getRoom({ identifier }))).toEqual(withoutMetadata(after));
    expect(await standIn.client.updateRoom({ identifier, maximumMessageLength: 98 })).toMatchObject({
      name: 'after',
    });
  });

  it('changes every setting', async () => {
    const identifier = await newRoom();
    const settings = {
      name: '',
      maximumMessageLength: 1,
      maximumMessageRatePerSecond: 100,
      messageReviewHandler: { uri: REVIEW_HANDLER, fallbackResult: 'DENY' as const },
      loggingConfigurationIdentifiers: [LOGGING],
    };

    expect(await standIn.client.updateRoom({ identifier, ...settings })).toMatchObject(settings);
  });

  const DENYING = { uri: REVIEW_HANDLER, fallbackResult: 'DENY' as const };

  it.each([
    ['an empty uri dissociates the handler', { uri: '' }, undefined],
    [
      'a fallback alone keeps the uri',
      { fallbackResult: 'ALLOW' as const },
      { ...DENYING, fallbackResult: 'ALLOW' },
    ],
    [
      'a uri alone takes the default fallback',
      { uri: REVIEW_HANDLER },
      { ...DENYING, fallbackResult: 'ALLOW' },
    ],
    ['an empty handler changes nothing', {}, DENYING],
  ])('%s', async (_title, messageReviewHandler, expected) => {
    const identifier = await newRoom({ messageReviewHandler: DENYING });

    const updated = await standIn.client.updateRoom({ identifier, messageReviewHandler });

    expect(updated.messageReviewHandler).toEqual(expected);
    expect((await standIn.client.getRoom({ identifier })).messageReviewHandler).toEqual(expected);
  });

  it('changes nothing when it is refused', async () => {
    const identifier = await newRoom({ name: 'kept' });
    await errorOf(
      standIn.client.updateRoom({
        identifier,
        name: 'lost',
        loggingConfigurationIdentifiers: [loggingConfigurationArn('Missing00001')],
      }),
    );

    expect((await standIn.client.getRoom({ identifier })).name).toBe('kept');
  });
});

describe('DeleteRoom', () => {
  it('answers 204, and the room is gone', async () => {
    const identifier = await newRoom();

    expect((await standIn.client.deleteRoom({ identifier })).$metadata.httpStatusCode).toBe(204);
    expect((await errorOf(standIn.client.getRoom({ identifier }))).name).toBe('ResourceNotFoundException');
    expect((await errorOf(standIn.client.deleteRoom({ identifier }))).name).toBe('ResourceNotFoundException');
  });
});
