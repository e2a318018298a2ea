import { Ivschat, type IvschatClientConfig } from '@aws-sdk/client-ivschat';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCredentials, TEST_CREDENTIALS } from '../../../../infra/local/credentials.ts';
import { sendRaw, signByHand } from './signed-request.ts';
import { errorOf, REGION, type StandIn, startStandIn, UNKNOWN_ROOM } from './stand-in.ts';

const own = createCredentials();
const stranger = createCredentials();
let standIn: StandIn;

beforeAll(async () => {
  standIn = await startStandIn({ credentials: [TEST_CREDENTIALS, own] });
});
afterAll(() => standIn.close());

function clientWith(config: IvschatClientConfig): Ivschat {
  return new Ivschat({
    region: REGION,
    endpoint: standIn.chat.endpoint,
    credentials: own,
    maxAttempts: 1,
    ...config,
  });
}

describe('key pairs', () => {
  it.each([
    ['the one that everybody knows', TEST_CREDENTIALS],
    ['one of its own', own],
  ])('%s signs requests', async (_title, credentials) => {
    const client = clientWith({ credentials });

    const tags = { note: 'zażółć ☕' };
    await expect(client.createRoom({ tags })).resolves.toMatchObject({ tags });
    await expect(client.listRooms({})).resolves.toBeDefined();
    client.destroy();
  });

  it('are made at random, as long as those of AWS, and are no key of AWS', () => {
    expect(own.accessKeyId).toMatch(/^LOCAL[A-Z0-9]{15}$/);
    expect(own.secretAccessKey).toMatch(/^[\w-]{40}$/);
    expect(stranger.accessKeyId).not.toBe(own.accessKeyId);
    expect(stranger.secretAccessKey).not.toBe(own.secretAccessKey);
  });

  it.each<[string, IvschatClientConfig, string, string]>([
    [
      'a wrong secret',
      { credentials: { ...own, secretAccessKey: stranger.secretAccessKey } },
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided.',
    ],
    [
      'the secret of the other pair',
      { credentials: { ...own, secretAccessKey: 'test' } },
      'InvalidSignatureException',
      'The request signature we calculated does not match',
    ],
    [
      'an unknown access key',
      { credentials: stranger },
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ],
    [
      'a session token',
      { credentials: { ...own, sessionToken: 'session' } },
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ],
    [
      'another region',
      { region: 'us-east-1' },
      'InvalidSignatureException',
      "Credential should be scoped to a valid Region: 'eu-west-1'.",
    ],
  ])('%s is refused', async (_title, config, name, message) => {
    const client = clientWith(config);
    const error = await errorOf(client.listRooms({}));
    client.destroy();

    expect(error.name).toBe(name);
    expect(error.message).toContain(message);
    expect(error.$metadata.httpStatusCode).toBe(403);
    expect(JSON.stringify([error, standIn.lines])).not.toContain(own.secretAccessKey);
  });

  it('another service is refused', async () => {
    const headers = signByHand(standIn.chat.endpoint, '/ListRooms', { service: 'ivs' });
    const answer = await sendRaw(standIn.chat.endpoint, { target: '/ListRooms', headers });

    expect(answer).toMatchObject({
      status: 403,
      type: 'InvalidSignatureException',
      message: "Credential should be scoped to correct service: 'ivschat'.",
    });
  });
});

describe('the order', () => {
  it('judges the signature before the body', async () => {
    const client = clientWith({ credentials: stranger });
    const error = await errorOf(client.getRoom({ identifier: 'no ARN' }));
    client.destroy();

    expect(error.name).toBe('UnrecognizedClientException');
  });

  it('judges the signature before it says what it does not implement', async () => {
    const tags = { resourceArn: UNKNOWN_ROOM, tagKeys: ['b', 'a', 'a b', 'ż'] };
    const client = clientWith({ credentials: { ...own, secretAccessKey: 'wrong' } });
    const [refused, verified] = [
      await errorOf(client.untagResource(tags)),
      await errorOf(standIn.client.untagResource(tags)),
    ];
    client.destroy();

    expect(refused.name).toBe('InvalidSignatureException');
    expect(verified.name).toBe('NotImplementedInStandIn');
  });
});

describe('accept-any', () => {
  let open: StandIn;
  beforeAll(async () => {
    open = await startStandIn({ knobs: { signatures: 'accept-any' } });
  });
  afterAll(() => open.close());

  it('takes any credentials', async () => {
    const client = clientWith({ endpoint: open.chat.endpoint, credentials: stranger, region: 'us-east-1' });

    await expect(client.listRooms({})).resolves.toBeDefined();
    client.destroy();
  });

  it('takes a request without a signature', async () => {
    const answer = await sendRaw(open.chat.endpoint, { target: '/ListRooms', headers: {} });

    expect(answer.status).toBe(200);
  });
});
