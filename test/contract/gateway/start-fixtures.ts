import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Clock, createClock } from '../../../infra/local/clock.ts';
import { createFaultBoard, type FaultBoard } from '../../../infra/local/faults/board.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../../../infra/local/gateway/index.ts';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');

/** A gateway over a folder of its own. */
export interface FixtureGateway {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly faults: FaultBoard;
  /** Lines of the functions, as `<function>: <line>`. */
  readonly functionLog: string[];
  /** Lines of the gateway. */
  readonly log: string[];
  /** Overwrites a function's file, or serverless.yml. */
  write(path: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Writes serverless.yml and the fixtures (as dist/<fixture>/index.mjs) into a temporary folder and starts a gateway there.
 *
 * @param sources further files of dist/, by function.
 */
export async function startFixtures(
  serverlessYml: string,
  overrides: Partial<GatewayOptions> = {},
  sources: Record<string, string> = {},
): Promise<FixtureGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (const file of await readdir(FIXTURES)) {
    await cp(join(FIXTURES, file), join(folder, 'dist', basename(file, '.mjs'), 'index.mjs'));
  }
  for (const [name, source] of Object.entries(sources)) await write(`dist/${name}/index.mjs`, source);
  await write('serverless.yml', serverlessYml);
  const [clock, faults, functionLog, log] = [createClock(), createFaultBoard(), [], []] as [
    Clock,
    FaultBoard,
    string[],
    string[],
  ];
  const remove = () => rm(folder, { recursive: true, force: true });
  const gateway = await startGateway({
    serverlessFile: join(folder, 'serverless.yml'),
    root: folder,
    stage: 'local',
    region: 'eu-west-1',
    accountId: '123456789012',
    port: 0,
    lambdaPort: 0,
    clock,
    faults,
    log: (line) => void log.push(line),
    parameters: {},
    references: { 'AWS::AccountId': '123456789012' },
    environment: {},
    onFunctionLog: (name, line) => void functionLog.push(`${name}: ${line}`),
    ...overrides,
  }).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  const close = async () => {
    await gateway.close();
    await remove();
  };
  return { gateway, clock, faults, functionLog, log, write, close };
}

export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends a request exactly as given: no header added but Host, names and repetitions kept. */
export function sendRaw(
  origin: string,
  path: string,
  {
    method = 'GET',
    headers = [],
    body,
  }: { method?: string; headers?: string[]; body?: string | Buffer } = {},
): Promise<RawResponse> {
  const { host, hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, path, method, headers: ['Host', host, ...headers] },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('latin1'),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
