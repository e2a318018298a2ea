import { IvschatClient, ListRoomsCommand } from '@aws-sdk/client-ivschat';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack } from '../../infra/local/stack.ts';
import { callApi, signIn, useStack } from '../support/stack.ts';

/** Beyond the five minutes that a signature is fresh, and into another day's signing key. */
const DAY_MS = 24 * 60 * 60 * 1000;

const current = useStack({ ivsChatKnobs: { enforceRates: false } });
/** Open since before the clock was advanced, as a client of a person at work is. */
let client: IvschatClient;

beforeAll(() => {
  const { ivsChatEndpoint, region, credentials } = current().description;
  client = new IvschatClient({
    endpoint: ivsChatEndpoint,
    region,
    credentials: { ...credentials },
    maxAttempts: 1,
  });
});
afterAll(() => client.destroy());

async function vend(): Promise<number> {
  const { accessToken } = await signIn(current(), 'vi');
  const path = `/rooms/${current().roomId}/tokens`;
  return (await callApi(current(), 'POST', path, { token: accessToken, body: {} })).status;
}

const listRooms = () => client.send(new ListRoomsCommand({}));

describe("the stack's AWS credentials", () => {
  it('sign the requests of its functions and of clients', async () => {
    expect(await vend()).toBe(201);
    expect((await listRooms()).rooms).toHaveLength(1);
  });

  it('go on doing so after the clock was advanced, again and again', async () => {
    for (let days = 1; days <= 2; days += 1) {
      current().stack.clock.advance(DAY_MS);

      expect(await vend()).toBe(201);
      expect((await listRooms()).rooms).toHaveLength(1);
    }
  });

  it('are what the functions sign with: their secret does not fit another access key', async () => {
    const stack = await startStack({ portBase: 0, environment: { AWS_ACCESS_KEY_ID: 'test' } });
    const [room] = stack.description.rooms;
    const there = { description: stack.description };
    const { accessToken } = await signIn(there, 'vi');
    const answer = await callApi(there, 'POST', `/rooms/${room?.id}/tokens`, {
      token: accessToken,
      body: {},
    });
    await stack.close();

    expect(answer.status).toBe(502);
  });
});
