import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startStack } from '../../../infra/local/stack.ts';
import { templateValues } from '../../../infra/local/template-values.ts';
import { type FixtureGateway, startFixtures } from './start-fixtures.ts';

const MADE = {
  region: 'eu-west-1',
  accountId: '123456789012',
  userPoolId: 'made-pool',
  userPoolClientId: 'made-client',
  roomId: 'made-room',
};
const DEFAULTS = "userPoolId: '', userPoolClientId: '', roomId: '', reviewReservedConcurrency: '0'";

const service = (local: string, defaults = DEFAULTS) => `
service: fixtures
custom: { pool: given-pool }
params:
  default: { ${defaults} }
  local: { ${local} }
  prod: { roomId: another-stage }
functions:
  surroundings:
    handler: dist/surroundings/index.handler
    reservedConcurrency: !If [ReserveReview, !Ref ReviewReservedConcurrency, !Ref AWS::NoValue]
    environment:
      POOL: !If [CreateUserPool, !Ref UserPool, !Ref ExistingUserPoolId]
      CLIENT: !If [CreateUserPool, !Ref UserPoolClient, !Ref ExistingUserPoolClientId]
      ROOM: !If [CreateRoom, !GetAtt Room.Id, !Ref ExistingRoomId]
`;

let fixtures: FixtureGateway | undefined;
afterEach(async () => {
  await fixtures?.close();
  fixtures = undefined;
});

async function start(
  serverlessYml: string,
  parameters: Record<string, string> = {},
): Promise<FixtureGateway> {
  fixtures = await startFixtures(serverlessYml, {
    parameters,
    references: {},
    templateValues: (parameter) => templateValues(MADE, parameter),
  });
  return fixtures;
}

async function surroundings({ gateway }: Pick<FixtureGateway, 'gateway'>) {
  const { payload } = await gateway.invoke('surroundings', {});
  const { POOL, CLIENT, ROOM } = (payload as { environment: Record<string, string> }).environment;
  return { POOL, CLIENT, ROOM };
}

const MADE_HERE = { POOL: 'made-pool', CLIENT: 'made-client', ROOM: 'made-room' };
const EXISTING = `userPoolId: "\${self:custom.pool}", userPoolClientId: given-client, roomId: given-room`;
const GIVEN = { POOL: 'given-pool', CLIENT: 'given-client', ROOM: 'given-room' };

describe('what the template makes of its parameters', () => {
  it('is what the stack has made, where the defaults say so', async () => {
    expect(await surroundings(await start(service('')))).toEqual(MADE_HERE);
  });

  it('follows the parameters of the stage', async () => {
    expect(await surroundings(await start(service(EXISTING)))).toEqual(GIVEN);
  });

  it('follows the parameters of serverless.yml in the local stack too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stack-'));
    const serverlessFile = join(folder, 'serverless.yml');
    // Handlers are relative to the repository.
    const handler = 'handler: test/contract/gateway/fixtures/surroundings.handler';
    await writeFile(serverlessFile, service('roomId: given-room').replace(/handler: .*/, handler));
    const stack = await startStack({ portBase: 0, serverlessFile });
    try {
      const { userPoolId, clientId } = stack.description;
      expect(await surroundings(stack)).toEqual({ POOL: userPoolId, CLIENT: clientId, ROOM: 'given-room' });
    } finally {
      await stack.close();
      await rm(folder, { recursive: true });
    }
  });

  it('follows the default parameters', async () => {
    const defaults = `${EXISTING}, reviewReservedConcurrency: 0`;
    expect(await surroundings(await start(service('', defaults)))).toEqual(GIVEN);
  });

  it('follows the parameters that the gateway is given before these', async () => {
    const started = await start(service(EXISTING), { roomId: 'chosen-room', userPoolId: '' });
    expect(await surroundings(started)).toEqual({ ...MADE_HERE, ROOM: 'chosen-room' });
  });

  it('follows them anew with a reload', async () => {
    const started = await start(service(''));
    await started.write('serverless.yml', service(`${EXISTING}, reviewReservedConcurrency: '0'`));
    await started.gateway.reload();
    expect(await surroundings(started)).toEqual(GIVEN);
  });

  it('reserves the concurrency that a parameter names', async () => {
    const { gateway } = await start(service("reviewReservedConcurrency: '1'"));
    const both = [gateway.invoke('surroundings', {}), gateway.invoke('surroundings', {})];
    const [first, second] = await Promise.allSettled(both);
    expect(first).toMatchObject({ status: 'fulfilled' });
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'TooManyRequestsException' } });
  });

  it('has no value without the parameter', async () => {
    await expect(start(service('', "roomId: '', reviewReservedConcurrency: '0'"))).rejects.toThrow(
      'function surroundings, environment.POOL: Ref ExistingUserPoolId has no value',
    );
  });

  it('has no value where the parameter’s own has none', async () => {
    await expect(start(service(`roomId: "\${ssm:/room}"`))).rejects.toThrow(
      `params.roomId: \${ssm:/room} has no value`,
    );
  });
});
