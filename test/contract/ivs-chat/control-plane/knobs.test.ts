import { afterEach, describe, expect, it } from 'vitest';
import type { IvsChatKnobs } from '../../../../infra/local/ivs-chat/index.ts';
import { errorOf, REVIEW_HANDLER, roomArn, type StandIn, startStandIn } from './stand-in.ts';

let standIn: StandIn;

afterEach(() => standIn.close());

async function roomWith(knobs: Partial<IvsChatKnobs>): Promise<string> {
  standIn = await startStandIn({ knobs });
  const messageReviewHandler = { uri: REVIEW_HANDLER, fallbackResult: 'DENY' as const };
  return (await standIn.client.createRoom({ messageReviewHandler })).arn ?? '';
}

describe('knobs', () => {
  it('attributesCountedAs json counts the JSON text of the attributes', async () => {
    const roomIdentifier = await roomWith({ attributesCountedAs: 'json' });
    const vend = (length: number) =>
      standIn.client.createChatToken({
        roomIdentifier,
        userId: 'ada',
        attributes: { a: 'x'.repeat(length) },
      });

    await expect(vend(1024 - '{"a":""}'.length)).resolves.toBeDefined();
    expect((await errorOf(vend(1025 - '{"a":""}'.length))).name).toBe('ValidationException');
  });

  it('sendEventAttributesMaxBytes 1024 is the limit of the service model', async () => {
    const roomIdentifier = await roomWith({ sendEventAttributesMaxBytes: 1024 });
    const send = (length: number) =>
      standIn.client.sendEvent({ roomIdentifier, eventName: 'x', attributes: { a: 'x'.repeat(length) } });

    await expect(send(1023)).resolves.toBeDefined();
    expect((await errorOf(send(1024))).name).toBe('ValidationException');
  });

  it('typeMismatch ValidationException names the member', async () => {
    await roomWith({ typeMismatch: 'ValidationException' });
    const response = await standIn.post('/CreateRoom', '{"maximumMessageLength":"5"}');

    expect(response.headers.get('x-amzn-errortype')).toBe('ValidationException');
    expect(await response.json()).toMatchObject({ fieldList: [{ name: 'maximumMessageLength' }] });
    const notAnObject = await standIn.post('/CreateRoom', '[]');
    expect(notAnObject.headers.get('x-amzn-errortype')).toBe('SerializationException');
  });

  it.each([
    ['foreignAccountRoom', 'ResourceNotFoundException', roomArn('AbCdEf123456', 'eu-west-1', '210987654321')],
    ['foreignRegionRoom', 'AccessDeniedException', roomArn('AbCdEf123456', 'us-east-1')],
  ])('%s %s', async (knob, name, identifier) => {
    const own = await roomWith({ [knob]: name });

    expect((await errorOf(standIn.client.getRoom({ identifier }))).name).toBe(name);
    await expect(standIn.client.getRoom({ identifier: own })).resolves.toBeDefined();
  });

  it('foreignReviewHandler accept takes any function', async () => {
    await roomWith({ foreignReviewHandler: 'accept' });
    const uri = REVIEW_HANDLER.replace('eu-west-1', 'us-east-1');
    const room = await standIn.client.createRoom({ messageReviewHandler: { uri } });

    expect(room.messageReviewHandler?.uri).toBe(uri);
  });

  it('omittedFallbackOnUpdate unchanged keeps the fallback', async () => {
    const identifier = await roomWith({ omittedFallbackOnUpdate: 'unchanged' });
    const room = await standIn.client.updateRoom({
      identifier,
      messageReviewHandler: { uri: REVIEW_HANDLER },
    });

    expect(room.messageReviewHandler?.fallbackResult).toBe('DENY');
  });

  it('roomQuota is answered with 402 and the limit', async () => {
    const identifier = await roomWith({ roomQuota: 1 });
    const error = await errorOf(standIn.client.createRoom({}));

    expect(error).toMatchObject({ name: 'ServiceQuotaExceededException', limit: 1 });
    expect(error.$metadata.httpStatusCode).toBe(402);
    await standIn.client.deleteRoom({ identifier });
    await expect(standIn.client.createRoom({})).resolves.toBeDefined();
  });
});
