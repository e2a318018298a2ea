import { Ivschat, type IvschatClientConfig } from '@aws-sdk/client-ivschat';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TEST_CREDENTIALS } from '../../../../infra/local/credentials.ts';
import { sendRaw, signByHand } from './signed-request.ts';
import { errorOf, REGION, type StandIn, startStandIn } from './stand-in.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let standIn: StandIn;
let clients: Ivschat[];

beforeEach(async () => {
  standIn = await startStandIn();
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await standIn.close();
});

/** An AWS client whose clock is wrong. */
function clientAhead(ms: number, config: IvschatClientConfig = {}): Ivschat {
  const client = new Ivschat({
    region: REGION,
    endpoint: standIn.chat.endpoint,
    credentials: TEST_CREDENTIALS,
    maxAttempts: 1,
    systemClockOffset: ms,
    ...config,
  });
  clients.push(client);
  return client;
}

describe('the date of a request', () => {
  it.each([
    ['almost five minutes behind', 10_000 - 5 * MINUTE],
    ['right', 0],
    ['almost five minutes ahead', 5 * MINUTE - 10_000],
  ])('%s: accepted', async (_title, ms) => {
    await expect(clientAhead(ms).listRooms({})).resolves.toBeDefined();
  });

  it.each([
    [
      'more than five minutes behind',
      -10_000 - 5 * MINUTE,
      /^Signature expired: \d{8}T\d{6}Z is now earlier than .* - 5 min\.\)$/,
    ],
    [
      'more than five minutes ahead',
      5 * MINUTE + 10_000,
      /^Signature not yet current: \d{8}T\d{6}Z is still later than .* \+ 5 min\.\)$/,
    ],
  ])('%s: refused', async (_title, ms, message) => {
    const error = await errorOf(clientAhead(ms).listRooms({}));

    expect(error).toMatchObject({
      name: 'InvalidSignatureException',
      message: expect.stringMatching(message),
    });
    expect(error.$metadata.httpStatusCode).toBe(403);
  });

  it.each([
    ['an hour behind', -HOUR],
    ['an hour ahead', HOUR],
  ])('%s: the AWS client corrects its clock and succeeds', async (_title, ms) => {
    const client = clientAhead(ms, { maxAttempts: 2 });
    const { $metadata } = await client.listRooms({});

    expect($metadata).toMatchObject({ httpStatusCode: 200, attempts: 2 });
    expect(Math.abs(client.config.systemClockOffset)).toBeLessThan(MINUTE);
  });

  it.each([
    ['now', 0, { status: 200 }],
    ['an hour ago', -HOUR, { status: 403, type: 'InvalidSignatureException' }],
  ])('may stand in the Date header alone: %s', async (_title, ms, expected) => {
    const headers = signByHand(standIn.chat.endpoint, '/ListRooms', { date: new Date(Date.now() + ms) });

    expect(await sendRaw(standIn.chat.endpoint, { target: '/ListRooms', headers })).toMatchObject(expected);
  });
});

describe("when the stack's clock was advanced", () => {
  it('both the real time and the time of the stack are right', async () => {
    standIn.clock.advance(HOUR);

    await expect(clientAhead(0).listRooms({})).resolves.toBeDefined();
    await expect(clientAhead(HOUR).listRooms({})).resolves.toBeDefined();
  });

  it('the time between them is refused, by the time of the stack', async () => {
    standIn.clock.advance(HOUR);
    const error = await errorOf(clientAhead(HOUR / 2).listRooms({}));

    expect(error.message).toMatch(/^Signature expired: /);
  });

  it('an answer carries the time that the request went by, so that a right clock stays as it is', async () => {
    const [outside, inside] = [clientAhead(0), clientAhead(HOUR)];
    standIn.clock.advance(HOUR);
    standIn.faults.add({ target: 'ivs-chat', times: 2, fault: { mode: 'status', status: 500 } });
    const failures = [await errorOf(outside.listRooms({})), await errorOf(inside.listRooms({}))];
    await outside.listRooms({});
    await inside.listRooms({});

    expect(failures.map(({ $metadata }) => $metadata.httpStatusCode)).toEqual([500, 500]);
    expect(outside.config.systemClockOffset).toBe(0);
    expect(inside.config.systemClockOffset).toBe(HOUR);
  });

  it.each([
    ['an answer', undefined],
    ['an answer that drips', { mode: 'drip', ms: 0 }],
    ['an error', { mode: 'status', status: 500 }],
  ] as const)(
    '%s to a client that is right carries the real time, however small the advance',
    async (_what, fault) => {
      standIn.clock.advance(3 * MINUTE);
      if (fault) standIn.faults.add({ target: 'ivs-chat', times: 1, fault });
      const headers = signByHand(standIn.chat.endpoint, '/ListRooms', { date: new Date() });
      const { date } = await sendRaw(standIn.chat.endpoint, { target: '/ListRooms', headers });

      expect(Math.abs(Date.parse(date) - Date.now())).toBeLessThan(MINUTE);
    },
  );

  it('an answer that drips to a client of the stack carries its time', async () => {
    standIn.clock.advance(HOUR);
    standIn.faults.add({ target: 'ivs-chat', times: 1, fault: { mode: 'drip', ms: 0 } });
    const headers = signByHand(standIn.chat.endpoint, '/ListRooms', { date: new Date(standIn.clock.now()) });
    const { date } = await sendRaw(standIn.chat.endpoint, { target: '/ListRooms', headers });

    expect(Math.abs(Date.parse(date) - standIn.clock.now())).toBeLessThan(MINUTE);
  });

  it('an answer to anybody else carries the time of the stack, by which a wrong clock is corrected', async () => {
    standIn.clock.advance(HOUR);
    const { date } = await sendRaw(standIn.chat.endpoint, { target: '/ListRooms', headers: {} });
    const client = clientAhead(-HOUR, { maxAttempts: 2 });
    await client.listRooms({});

    expect(Math.abs(Date.parse(date) - standIn.clock.now())).toBeLessThan(MINUTE);
    expect(Math.abs(client.config.systemClockOffset - HOUR)).toBeLessThan(MINUTE);
  });

  it('a day later, both dates sign with a key of their own', async () => {
    standIn.clock.advance(24 * HOUR);
    const [here, there] = [clientAhead(0), clientAhead(24 * HOUR)];

    for (const client of [here, there, here]) await expect(client.listRooms({})).resolves.toBeDefined();
  });
});
