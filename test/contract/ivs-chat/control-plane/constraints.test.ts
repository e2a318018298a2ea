import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONSTRAINT_CASES, LOGGING_CONFIGURATIONS } from './constraint-cases.ts';
import { errorOf, leastInput, type StandIn, startStandIn } from './stand-in.ts';

let standIn: StandIn;
let arn: string;

beforeAll(async () => {
  standIn = await startStandIn({
    knobs: { enforceRates: false, loggingConfigurations: LOGGING_CONFIGURATIONS },
  });
  arn = (await standIn.client.createRoom({})).arn ?? '';
});
afterAll(() => standIn.close());

describe('every constraint holds at its boundary', () => {
  it.each(CONSTRAINT_CASES)('%s %s %j: %s', async (operation, path, value, expected) => {
    const call = standIn.call(operation, { ...leastInput(operation, arn), ...memberAt(path, value) });

    if (expected === 'accepted') await expect(call).resolves.toBeDefined();
    else if (expected === 'ResourceNotFoundException') expect((await errorOf(call)).name).toBe(expected);
    else {
      const error = await errorOf(call);
      expect(error).toMatchObject({ name: 'ValidationException', reason: 'FIELD_VALIDATION_FAILED' });
      expect(error.$metadata.httpStatusCode).toBe(400);
      expect(error.fieldList?.map(({ name }) => name)).toContain(path);
      expect(error.fieldList?.map(({ message }) => message).join()).toContain(expected);
      expect(error.message).toContain(error.fieldList?.[0]?.message);
    }
  });

  it.each([
    ['GetRoom', ['identifier']],
    ['UpdateRoom', ['identifier']],
    ['DeleteRoom', ['identifier']],
    ['CreateChatToken', ['roomIdentifier', 'userId']],
    ['DeleteMessage', ['roomIdentifier', 'id']],
    ['DisconnectUser', ['roomIdentifier', 'userId']],
    ['SendEvent', ['roomIdentifier', 'eventName']],
  ])('%s requires %j', async (operation, members) => {
    const error = await errorOf(standIn.call(operation, {}));

    expect(error.fieldList).toEqual(
      members.map((name) => ({
        name,
        message: `Value at '/${name}' failed to satisfy constraint: Member must not be null`,
      })),
    );
  });

  it('counts failures and paths and quotes the first', async () => {
    const error = await errorOf(standIn.client.createChatToken({ roomIdentifier: 'x', userId: '' }));

    expect(error.message).toBe(
      "2 validation errors at 2 paths detected. First failure: Value at '/roomIdentifier' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern: arn:aws:ivschat:[a-z0-9-]+:[0-9]+:room/[a-zA-Z0-9-]+',
    );
  });

  it('repeats neither values nor attribute keys', async () => {
    const secret = 'S3cret'.repeat(400);
    const error = await errorOf(
      standIn.client.createChatToken({
        roomIdentifier: arn,
        userId: secret,
        attributes: { [secret]: secret },
      }),
    );

    expect(JSON.stringify(error)).not.toContain('S3cret');
    expect(error.message).not.toContain('S3cret');
  });

  it('ignores unknown members and null members', async () => {
    const response = await standIn.post(
      '/CreateRoom',
      '{"name":null,"colour":"red","__proto__":{"name":"x"}}',
    );

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ name: '' });
  });
});

/** `messageReviewHandler.uri` names a member of a structure; `tags.key` and `capabilities.1` a part of the value itself. */
function memberAt(path: string, value: unknown): object {
  const [member = '', inner = ''] = path.split('.');
  return member === 'messageReviewHandler' ? { [member]: { [inner]: value } } : { [member]: value };
}
