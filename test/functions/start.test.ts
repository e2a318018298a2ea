import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StackDescription } from '../../infra/local/stack-description.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Found free when the tests begin: another stack, or another run of these tests, may be beside us. */
let portBase = 0;
let ports: readonly number[] = [];

async function findPorts(): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    portBase = 20_000 + 10 * Math.floor(Math.random() * 1200);
    ports = [0, 1, 2, 3, 4, 5, 6].map((offset) => portBase + offset);
    if ((await Promise.all(ports.map(canListen))).every(Boolean)) return;
  }
  throw new Error('no seven free ports in a row');
}

let npm: ChildProcess | undefined;
let folder: string;
beforeAll(async () => {
  await findPorts();
  folder = await mkdtemp(join(tmpdir(), 'roomkeeper-start-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  if (npm?.exitCode === null) npm.kill('SIGKILL');
  await expect
    .poll(() => Promise.all(ports.map(canListen)), { timeout: 5000 })
    .toEqual(ports.map(() => true));
});

/** Runs `npm start` as a person would. @returns when the ready line has come, with all lines up to it. */
async function npmStart(...args: string[]): Promise<string[]> {
  npm = spawn('npm', ['start', '--', '--stack-file', join(folder, 'stack.json'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  if (!npm.stdout) throw new Error('npm has no output');
  for await (const line of createInterface({ input: npm.stdout })) {
    lines.push(line);
    if (line.startsWith('roomkeeper ready ')) return lines;
  }
  throw new Error(`npm start ended without its ready line:\n${lines.join('\n')}`);
}

const canListen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

const stackJson = async () =>
  JSON.parse(await readFile(join(folder, 'stack.json'), 'utf8')) as StackDescription;

describe('npm start', () => {
  it('reaches its ready line, tells where everything is, and frees every port on SIGTERM', async () => {
    const lines = await npmStart('--port-base', String(portBase));
    const description = await stackJson();
    const health = await fetch(`${description.apiUrl}/health`);

    expect(lines.at(-1)).toBe(`roomkeeper ready http://127.0.0.1:${portBase}`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ status: 'ok' });
    expect(description.users.map(({ role }) => role)).toEqual(['admin', 'moderator', 'viewer']);
    expect(await Promise.all(ports.map(canListen))).toEqual(ports.map(() => false));

    npm?.kill('SIGTERM');
    await once(npm as ChildProcess, 'exit');

    await expect
      .poll(() => Promise.all(ports.map(canListen)), { timeout: 2000 })
      .toEqual(ports.map(() => true));
    await expect(stackJson()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('prints the AWS credentials of this start, and takes no unsigned request for IVS Chat', async () => {
    const lines = await npmStart('--port-base', String(portBase));
    const { credentials, ivsChatEndpoint } = await stackJson();
    const unsigned = await fetch(`${ivsChatEndpoint}/ListRooms`, { method: 'POST' });

    const { accessKeyId, secretAccessKey } = credentials;
    expect(lines.find((line) => line.includes('AWS credentials'))).toContain(
      `${accessKeyId} / ${secretAccessKey}, or test / test`,
    );
    expect(Object.keys(credentials)).toEqual(['accessKeyId', 'secretAccessKey']);
    expect((await stat(join(folder, 'stack.json'))).mode & 0o777).toBe(0o600);
    expect(unsigned.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
  });

  it('takes requests without a signature with --accept-any-signature', async () => {
    await npmStart('--port-base', String(portBase), '--accept-any-signature');
    const { ivsChatEndpoint } = await stackJson();

    expect((await fetch(`${ivsChatEndpoint}/ListRooms`, { method: 'POST' })).status).toBe(200);
  });

  it('frees every port when npm is killed and can pass no signal on', async () => {
    await npmStart('--port-base', String(portBase));

    npm?.kill('SIGKILL');

    await expect
      .poll(() => Promise.all(ports.map(canListen)), { timeout: 4000 })
      .toEqual(ports.map(() => true));
  });

  it('keeps rooms and people over a restart with --data', async () => {
    const startOnce = async () => {
      await npmStart('--port-base', String(portBase), '--data', join(folder, 'data'));
      const description = await stackJson();
      npm?.kill('SIGTERM');
      await once(npm as ChildProcess, 'exit');
      await expect
        .poll(() => Promise.all(ports.map(canListen)), { timeout: 2000 })
        .toEqual(ports.map(() => true));
      return { rooms: description.rooms, users: description.users.map(({ userId }) => userId) };
    };

    const first = await startOnce();
    const second = await startOnce();

    expect(second).toEqual(first);
  });

  it('leaves the addresses of another stack alone', async () => {
    await npmStart('--port-base', String(portBase));
    const others = JSON.stringify({ ...(await stackJson()), apiUrl: 'http://127.0.0.1:1' });
    await writeFile(join(folder, 'stack.json'), others);

    npm?.kill('SIGTERM');
    await once(npm as ChildProcess, 'exit');

    expect(await readFile(join(folder, 'stack.json'), 'utf8')).toBe(others);
  });

  it('refuses a data folder that another stack keeps its state in', async () => {
    const data = join(folder, 'shared');
    await npmStart('--port-base', String(portBase), '--data', data);
    const second = spawn('npm', ['start', '--', '--port-base', '0', '--data', data], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const complaint = await text(second.stderr);

    expect(complaint).toMatch(/Roomkeeper did not start: process \d+ already keeps its state in/);
  });

  it('says which port is taken', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(portBase + 3, '127.0.0.1', resolve));
    npm = spawn('npm', ['start', '--', '--port-base', String(portBase)], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    npm.stderr?.on('data', (chunk) => {
      complaint += chunk;
    });
    const [code] = await once(npm, 'exit');
    squatter.close();

    expect(code).not.toBe(0);
    expect(complaint).toContain(`cannot listen on 127.0.0.1:${portBase + 3}: EADDRINUSE`);
    expect(await Promise.all(ports.map(canListen))).toEqual(ports.map(() => true));
  });

  it.each([
    ['a word for a port', ['--port-base', 'many']],
    ['an unknown option', ['--colour', 'blue']],
  ])('refuses %s with its usage', async (_name, args) => {
    npm = spawn('npm', ['start', '--', ...args], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    npm.stderr?.on('data', (chunk) => {
      complaint += chunk;
    });
    const [code] = await once(npm, 'exit');

    expect(code).not.toBe(0);
    expect(complaint).toContain('npm start -- [options]');
  });
});
