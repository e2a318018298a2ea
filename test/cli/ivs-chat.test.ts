import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  REGION,
  REVIEW_HANDLER,
  roomArn,
  type StandIn,
  startStandIn,
  UNKNOWN_ROOM,
} from '../contract/ivs-chat/control-plane/stand-in.ts';

const installed = spawnSync('aws', ['--version']).status === 0;
const title = installed ? 'the AWS CLI' : 'SKIPPED: the aws CLI is not installed';

/** Nothing of the machine's own AWS configuration reaches the CLI. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_DEFAULT_OUTPUT: 'json',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_MAX_ATTEMPTS: '1',
  AWS_PAGER: '',
};

/** Version 2 tells how often it has repeated a call, version 1 does not. */
const RETRY_NOTE = ' (reached max retries: 0)';

interface Outcome {
  readonly exitCode: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

describe.skipIf(!installed)(title, () => {
  let standIn: StandIn;

  beforeAll(async () => {
    standIn = await startStandIn();
  });
  afterAll(() => standIn.close());

  const run = (...args: readonly string[]) => runIn({}, ...args);

  function runIn(environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Outcome> {
    const all = ['--endpoint-url', standIn.chat.endpoint, 'ivschat', ...args];
    return new Promise((resolve) => {
      execFile('aws', all, { env: { ...ENVIRONMENT, ...environment } }, (error, stdout, stderr) =>
        resolve({ exitCode: error?.code ?? 0, stdout, stderr: stderr.replace(RETRY_NOTE, '') }),
      );
    });
  }

  /** @returns the parsed output; null when there is none. */
  async function succeed(...args: readonly string[]) {
    const { exitCode, stdout, stderr } = await run(...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return stdout === '' ? null : JSON.parse(stdout);
  }

  it('makes, reads, lists, changes and removes a room', async () => {
    const created = await succeed('create-room', '--name', 'lobby', '--tags', 'team=chat');
    const { arn } = created;
    expect(created).toMatchObject({ name: 'lobby', maximumMessageLength: 500, tags: { team: 'chat' } });

    expect(await succeed('get-room', '--identifier', arn)).toEqual(created);
    const handler = `uri=${REVIEW_HANDLER},fallbackResult=DENY`;
    expect(
      await succeed('update-room', '--identifier', arn, '--message-review-handler', handler),
    ).toMatchObject({
      name: 'lobby',
      messageReviewHandler: { uri: REVIEW_HANDLER, fallbackResult: 'DENY' },
    });
    const { rooms } = await succeed('list-rooms', '--message-review-handler-uri', REVIEW_HANDLER);
    expect(rooms).toMatchObject([{ arn, name: 'lobby' }]);
    expect(rooms[0]).not.toHaveProperty('maximumMessageLength');

    expect(await succeed('delete-room', '--identifier', arn)).toBeNull();
    expect(await run('get-room', '--identifier', arn)).toMatchObject({
      stderr: expect.stringContaining('(ResourceNotFoundException)'),
    });
  });

  it('vends a token that connects, and acts on the room', async () => {
    const { arn = '' } = await standIn.client.createRoom({});
    const room = ['--room-identifier', arn];
    const { token, tokenExpirationTime } = await succeed('create-chat-token', ...room, '--user-id', 'ada');
    expect(Date.parse(tokenExpirationTime)).toBeGreaterThan(standIn.clock.now());
    const socket = new WebSocket(standIn.chat.messagingUrl, token as string);
    await once(socket, 'open');

    const event = await succeed('send-event', ...room, '--event-name', 'app:x', '--attributes', 'a=b');
    const deletion = await succeed('delete-message', ...room, '--id', 'AbCdEf123456', '--reason', 'spam');
    const closed = once(socket, 'close');
    expect(await succeed('disconnect-user', ...room, '--user-id', 'ada')).toBeNull();
    expect((await closed)[0]).toBe(1000);

    expect(standIn.chat.hub.deliveries().map(({ frame }) => frame)).toMatchObject([
      { Id: event.id, EventName: 'app:x', Attributes: { a: 'b' } },
      {
        Id: deletion.id,
        EventName: 'aws:DELETE_MESSAGE',
        Attributes: { MessageId: 'AbCdEf123456', Reason: 'spam' },
      },
      { EventName: 'aws:DISCONNECT_USER' },
    ]);
  });

  it('signs with the credentials that everybody knows', async () => {
    expect(await succeed('list-rooms', '--name', 'nowhere')).toEqual({ rooms: [] });
  });

  it.each([
    ['a wrong secret', { AWS_SECRET_ACCESS_KEY: 'wrong' }, [], 'InvalidSignatureException'],
    ['an unknown access key', { AWS_ACCESS_KEY_ID: 'LOCALUNKNOWN' }, [], 'UnrecognizedClientException'],
    ['a session token', { AWS_SESSION_TOKEN: 'session' }, [], 'UnrecognizedClientException'],
    [
      'another region',
      { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1' },
      [],
      'InvalidSignatureException',
    ],
    ['no signature', {}, ['--no-sign-request'], 'MissingAuthenticationTokenException'],
  ])('is refused with %s', async (_title, environment, options, name) => {
    const { exitCode, stdout, stderr } = await runIn(environment, 'list-rooms', ...options);

    expect(exitCode).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(`(${name}) when calling the ListRooms operation`);
  });

  it.each([
    [
      'an unknown room',
      ['get-room', '--identifier', UNKNOWN_ROOM],
      `(ResourceNotFoundException) when calling the GetRoom operation: Resource: ${UNKNOWN_ROOM} not found`,
    ],
    [
      'a room of another account',
      ['get-room', '--identifier', roomArn('AbCdEf123456', REGION, '210987654321')],
      '(AccessDeniedException)',
    ],
    [
      'an identifier that is no ARN',
      ['delete-room', '--identifier', 'lobby'],
      "(ValidationException) when calling the DeleteRoom operation: 1 validation error detected. Value at '/identifier'",
    ],
    [
      'a session of 999 minutes, which the CLI lets through',
      [
        ...['create-chat-token', '--room-identifier', UNKNOWN_ROOM, '--user-id', 'ada'],
        ...['--session-duration-in-minutes', '999'],
      ],
      "Value at '/sessionDurationInMinutes' failed to satisfy constraint: Member must be between 1 and 180, inclusive",
    ],
    [
      'an operation that is not emulated',
      ['list-tags-for-resource', '--resource-arn', UNKNOWN_ROOM],
      '(NotImplementedInStandIn) when calling the ListTagsForResource operation: ListTagsForResource is not implemented',
    ],
  ])('shows the error for %s', async (_title, args, expected) => {
    const { exitCode, stdout, stderr } = await run(...args);

    expect(exitCode).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(expected);
  });
});
