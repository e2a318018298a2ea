import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IvschatClient, UpdateRoomCommand } from '@aws-sdk/client-ivschat';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StackDescription } from '../../infra/local/stack-description.ts';
import { useStack } from '../support/stack.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const running = useStack();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roomkeeper-demo-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the demo as npm does. @param description what the stack file holds; without it there is no such file. */
async function demo(name: string, description?: StackDescription): Promise<{ code: unknown; said: string }> {
  const stackFile = join(folder, `${name}.json`);
  if (description) await writeFile(stackFile, JSON.stringify(description));
  const child = spawn(process.execPath, ['infra/demo/main.ts', '--stack', stackFile], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, said };
}

/** What a reader has to find, in this order. */
const STORY = [
  'Three people sign in.',
  'Ada is an admin, Mo a moderator, Vi a viewer.',
  'asks the API for a chat token and enters the room.',
  'Vi is in, for a session of ',
  'Vi: Hello, everybody!',
  'Ada, Mo, Vi all see it.',
  '406, reason "link". Nobody sees the link.',
  'That was a *',
  'Refused over the socket: 403',
  'Refused over the API: 403, role-too-low.',
  'are told to remove it, reason "off-topic".',
  "Vi's connection is closed; Ada and Mo stay and are told of it.",
  'The end: everything went as it has to.',
];

function expectStory(said: string): void {
  let position = 0;
  for (const sentence of STORY) {
    const found = said.indexOf(sentence, position);
    expect(found, `"${sentence}" is missing in:\n${said}`).toBeGreaterThanOrEqual(0);
    position = found + sentence.length;
  }
}

describe('the demo', () => {
  it('tells the whole story on a running stack, with nothing secret in it, and again', async () => {
    const { description } = running();

    const first = await demo('running', description);
    const second = await demo('running', description);

    for (const { code, said } of [first, second]) {
      expectStory(said);
      expect(said).toContain(`On the stack at ${description.apiUrl}.`);
      // Tokens of any kind are long runs of characters; ids are shorter.
      expect(said).not.toMatch(/[\w.-]{40,}|bullshit/);
      for (const { password } of description.users) expect(said).not.toContain(password);
      expect(code).toBe(0);
    }
  });

  it.each<[string, (stack: StackDescription) => StackDescription, RegExp]>([
    [
      'a viewer who is let delete',
      (stack) => withRoles(stack, { moderator: 'viewer', viewer: 'moderator', admin: 'admin' }),
      /^The story went wrong\. A viewer's delete over the socket was to be refused with 403/m,
    ],
    [
      'a wrong password',
      (stack) => ({
        ...stack,
        users: stack.users.map((user) => ({ ...user, password: 'Not-the-1-password' })),
      }),
      /^The story went wrong\. \w+ could not sign in: Cognito answered 400\.$/m,
    ],
    [
      'a room that is not registered',
      (stack) => ({ ...stack, rooms: stack.rooms.map((room) => ({ ...room, id: 'NoSuchRoom12' })) }),
      /^The story went wrong\. \w+ could not enter the room: room-not-found\.$/m,
    ],
  ])('ends with 1 and a sentence on %s', async (title, change, sentence) => {
    const { code, said } = await demo(title.replaceAll(' ', '-'), change(running().description));

    expect(said).toMatch(sentence);
    expect(said).not.toContain('The end');
    expect(code).toBe(1);
  });

  it('waits where the room is busy', async () => {
    const { description } = running();
    const setRate = async (maximumMessageRatePerSecond: number) => {
      const client = new IvschatClient({
        endpoint: description.ivsChatEndpoint,
        region: description.region,
        credentials: description.credentials,
      });
      await client.send(
        new UpdateRoomCommand({ identifier: description.rooms[0]?.arn, maximumMessageRatePerSecond }),
      );
      client.destroy();
    };

    await setRate(1);
    const { code, said } = await demo('busy', description);
    await setRate(10);

    expectStory(said);
    expect(code).toBe(0);
  });

  it.each([
    ['there is no stack file', undefined],
    ['the stack in the file does not answer', { apiUrl: 'http://127.0.0.1:1' }],
  ])('starts and ends a stack of its own when %s', async (title, change) => {
    const description = change && { ...running().description, ...change };

    const { code, said } = await demo(title.replaceAll(' ', '-'), description);

    expect(said).toContain('On a stack of its own');
    expectStory(said);
    expect(code).toBe(0);
  });
});

type Roles = Record<StackDescription['users'][number]['role'], StackDescription['users'][number]['role']>;

const withRoles = (stack: StackDescription, roles: Roles): StackDescription => ({
  ...stack,
  users: stack.users.map((user) => ({ ...user, role: roles[user.role] })),
});
