import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LOOPBACK } from '../../../infra/local/listen.ts';
import { MAX_ATTEMPTS, UPSTREAM_BUDGET_MS } from '../../../lib/chat/index.ts';
import { asProblem } from '../../../lib/errors/index.ts';
import { operationsOf, rowCalled } from '../../support/fault-rows.ts';
import { CALLS, createChat, createClient, outcomeOf } from './support/chat-calls.ts';

const ROOM_ID = 'AbCdEfGhIjKl';
const CALL_MAX_MS = 8000;

/** A TCP server with the connections that it was asked for. */
interface Address {
  readonly port: number;
  readonly connections: () => number;
  close(): Promise<void>;
}

const open: Address[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((address) => address.close()));
});

async function listenWith(server: Server): Promise<Address> {
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  const address: Address = {
    port: (server.address() as AddressInfo).port,
    connections: () => sockets.length,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  open.push(address);
  return address;
}

/** Makes every call of a row at once, against an address. @returns how each has ended. */
async function callAll(id: string, origin: string) {
  const chat = createChat(createClient(origin));
  const row = rowCalled(id);
  const { expect: expected } = row;
  const outcomes = await Promise.all(
    operationsOf(row).map((operation) =>
      outcomeOf(operation, CALLS[operation](chat, ROOM_ID, AbortSignal.timeout(UPSTREAM_BUDGET_MS))),
    ),
  );
  expect(outcomes).toHaveLength(4);
  for (const { status } of outcomes) expect(expected.status).toContain(status);
  for (const { body } of outcomes) expect(body).not.toMatch(/127\.0\.0\.1|invalid\b.*\.invalid|certificate/);
  return outcomes.map(({ code }) => code);
}

/** @returns a key and a certificate that nobody has signed but itself; undefined without the program that makes them. */
function selfSigned(): { key: Buffer; cert: Buffer } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'roomkeeper-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', `subjectAltName=IP:${LOOPBACK}`];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  try {
    execFileSync('openssl', ['req', '-x509', ...curve, '-nodes', '-keyout', key, '-out', cert, ...subject], {
      stdio: 'ignore',
    });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const UNAVAILABLE = Array.from({ length: 4 }, () => 'upstream-unavailable');

describe('a connection to IVS Chat', () => {
  it('that is refused counts as unavailable', async () => {
    const { port, close } = await listenWith(createTcpServer());
    await close();

    expect(await callAll('refused', `http://${LOOPBACK}:${port}`)).toEqual(UNAVAILABLE);
  });

  it('whose host has no address counts as unavailable', async () => {
    // A label of 64 characters is refused by the resolver itself: no name server is asked.
    expect(await callAll('dns-failure', `http://${'x'.repeat(64)}.invalid`)).toEqual(UNAVAILABLE);
  });

  it(
    'that is never established counts as a time-out',
    async () => {
      const { port, connections } = await listenWith(createTcpServer());

      const codes = await callAll('never-accepts', `https://${LOOPBACK}:${port}`);

      expect(codes).toEqual(Array.from({ length: 4 }, () => 'upstream-timeout'));
      expect(connections()).toBe(4 * MAX_ATTEMPTS);
    },
    CALL_MAX_MS,
  );

  it('with a certificate that nobody vouches for counts as unavailable, and nothing is sent', async ({
    skip,
  }) => {
    const identity = selfSigned();
    if (!identity) return skip('SKIPPED: openssl is not installed');
    let requests = 0;
    const { port, connections } = await listenWith(
      createHttpsServer(identity, (_request, response) => {
        requests += 1;
        response.end('{}');
      }),
    );

    expect(await callAll('tls-bad-cert', `https://${LOOPBACK}:${port}`)).toEqual(UNAVAILABLE);
    expect([requests, connections()]).toEqual([0, 4 * MAX_ATTEMPTS]);
  });
});

describe('a client without credentials', () => {
  it('is our mistake: an internal error that is not repeated', async () => {
    const { port, connections } = await listenWith(createTcpServer());
    const client = createClient(`http://${LOOPBACK}:${port}`);
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE'])
      delete process.env[name];
    process.env.AWS_EC2_METADATA_DISABLED = 'true';
    process.env.AWS_SHARED_CREDENTIALS_FILE = '/dev/null';
    process.env.AWS_CONFIG_FILE = '/dev/null';

    const error: unknown = await CALLS.SendEvent(
      createChat(client),
      ROOM_ID,
      AbortSignal.timeout(CALL_MAX_MS),
    ).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'CredentialsProviderError' });
    expect(asProblem(error)).toMatchObject({ code: 'internal', statusCode: 500 });
    expect(connections()).toBe(0);
  });
});
