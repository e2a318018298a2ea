import { paginateListRooms } from '@aws-sdk/client-ivschat';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, loggingConfigurationArn, REVIEW_HANDLER, type StandIn, startStandIn } from './stand-in.ts';

const LOGGING = loggingConfigurationArn('Logging00001');
const ROOMS = 7;

let standIn: StandIn;

/** Seven rooms, a second apart; the fourth, then the first is updated once more. Tagged with their number. */
beforeAll(async () => {
  standIn = await startStandIn({ knobs: { enforceRates: false, loggingConfigurations: [LOGGING] } });
  const arns: (string | undefined)[] = [];
  for (let n = 0; n < ROOMS; n += 1) {
    arns.push((await standIn.client.createRoom({ name: `room${n % 5}`, tags: { n: String(n) } })).arn);
    standIn.clock.advance(1000);
  }
  const messageReviewHandler = { uri: REVIEW_HANDLER };
  await standIn.client.updateRoom({ identifier: arns[3], messageReviewHandler });
  standIn.clock.advance(1000);
  await standIn.client.updateRoom({ identifier: arns[0], loggingConfigurationIdentifiers: [LOGGING] });
});
afterAll(() => standIn.close());

const IN_ORDER = ['0', '3', '6', '5', '4', '2', '1'];

async function list(input: Parameters<StandIn['client']['listRooms']>[0] = {}) {
  const { rooms, nextToken } = await standIn.client.listRooms(input);
  return { numbers: rooms?.map((room) => room.tags?.n), nextToken };
}

describe('ListRooms', () => {
  it('lists the newest update first', async () => {
    expect(await list()).toEqual({ numbers: IN_ORDER, nextToken: undefined });
  });

  it('answers summaries without message length and rate', async () => {
    const { rooms } = await standIn.client.listRooms({ maxResults: 1 });

    expect(Object.keys(rooms?.[0] ?? {}).sort()).toEqual(
      ['arn', 'createTime', 'id', 'loggingConfigurationIdentifiers', 'name', 'tags', 'updateTime'].sort(),
    );
  });

  it.each([
    ['name', { name: 'room1' }, ['6', '1']],
    ['an unused name', { name: 'nowhere' }, []],
    ['an empty name', { name: '' }, IN_ORDER],
    ['messageReviewHandlerUri', { messageReviewHandlerUri: REVIEW_HANDLER }, ['3']],
    ['loggingConfigurationIdentifier', { loggingConfigurationIdentifier: LOGGING }, ['0']],
    ['two filters', { name: 'room1', messageReviewHandlerUri: REVIEW_HANDLER }, []],
  ])('filters by %s', async (_title, filter, expected) => {
    expect((await list(filter)).numbers).toEqual(expected);
  });

  it.each([1, 2, 3, 6, 7, 50])(
    "pages through everything %i at a time with the client's paginator",
    async (pageSize) => {
      const pages: (string | undefined)[][] = [];
      for await (const { rooms } of paginateListRooms({ client: standIn.client, pageSize }, {})) {
        pages.push(rooms?.map((room) => room.tags?.n) ?? []);
      }

      expect(pages.flat()).toEqual(IN_ORDER);
      expect(pages).toHaveLength(Math.ceil(ROOMS / pageSize));
    },
  );

  it('continues behind the last room of a page though the list changes', async () => {
    const { nextToken } = await list({ maxResults: 3 });
    const room = await standIn.client.createRoom({ tags: { n: 'new' } });
    const rest = await list({ nextToken });
    await standIn.client.deleteRoom({ identifier: room.arn });

    expect(rest.numbers).toEqual(['5', '4', '2', '1']);
  });

  it.each([
    ['is garbage', () => 'garbage'],
    ['has another signature', (token: string) => `${token.slice(0, -4)}AAAA`],
    ['has another cursor', (token: string) => `A${token.slice(1)}`],
    ['is longer', (token: string) => `${token}.x`],
    ['has no signature', (token: string) => token.split('.')[0] ?? ''],
  ])('refuses a nextToken that %s', async (_title, forge) => {
    const { nextToken = '' } = await list({ maxResults: 3 });
    const error = await errorOf(list({ nextToken: forge(nextToken) }));

    expect(error).toMatchObject({ name: 'ValidationException', fieldList: [{ name: 'nextToken' }] });
  });

  it('refuses the nextToken of another filter', async () => {
    const { nextToken } = await list({ maxResults: 3 });

    expect((await errorOf(list({ nextToken, name: 'room1' }))).name).toBe('ValidationException');
  });
});
