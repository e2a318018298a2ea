import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../build.ts';
import { type Clock, createClock } from './clock.ts';
import { type CognitoKnobs, startCognito } from './cognito/index.ts';
import { startControl } from './control/index.ts';
import { createCredentials, TEST_CREDENTIALS } from './credentials.ts';
import { takeDataFolder } from './data-folder.ts';
import { createTable, startDynamoDb } from './dynamodb/index.ts';
import { createFaultBoard, type FaultBoard } from './faults/board.ts';
import { type Gateway, startGateway } from './gateway/index.ts';
import { type IvsChatKnobs, startIvsChat } from './ivs-chat/index.ts';
import { portsFrom } from './ports.ts';
import { reloadOnChange } from './reload-on-change.ts';
import { PEOPLE, type Person, seedPeople, seedRoom } from './seed.ts';
import type { StackDescription } from './stack-description.ts';
import { templateValues } from './template-values.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const SERVERLESS_FILE = join(root, 'serverless.yml');

/** The account that everything local belongs to: AWS's documentation account, which nobody owns. */
export const LOCAL_ACCOUNT_ID = '123456789012';
const STAGE = 'local';
const TABLE_NAME = `roomkeeper-${STAGE}`;
const REVIEW_FUNCTION = `roomkeeper-${STAGE}-review-message`;

export interface StackOptions {
  /** First of the stack's ports (infra/local/ports.ts); 0 takes any free ones. Default 4600. */
  readonly portBase?: number;
  /** Absolute path of the route table; its handlers are relative to the repository. Default the repository's serverless.yml. */
  readonly serverlessFile?: string;
  readonly region?: string;
  /** Folder that keeps the state over restarts; null keeps it in memory. Default null. */
  readonly dataDir?: string | null;
  /** Exact origin that browsers may call the API from. Default http://localhost:5173. */
  readonly allowedOrigin?: string;
  /** `as-built` uses dist/ as it is, `build` bundles first, `watch` also rebuilds and reloads on change. Default `as-built`. */
  readonly functions?: 'as-built' | 'build' | 'watch';
  /** Values of serverless.yml's parameters that differ from its defaults. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Added to the environment of every function, over what the stack sets itself. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly ivsChatKnobs?: Partial<IvsChatKnobs>;
  /** For example longer token lifetimes; defaults in infra/local/cognito/PARITY.md. */
  readonly cognitoKnobs?: Partial<CognitoKnobs>;
  readonly people?: readonly Person[];
  /** One line a request or event of the stand-ins. */
  readonly log?: (line: string) => void;
  /** What the functions write to their logs. */
  readonly onFunctionLog?: (functionName: string, line: string) => void;
}

/** A running local stack. */
export interface Stack {
  /** What `.local/stack.json` holds. */
  readonly description: StackDescription;
  readonly clock: Clock;
  readonly faults: FaultBoard;
  readonly gateway: Gateway;
  /** Ends every server, connection, worker and timer. */
  close(): Promise<void>;
}

type Closable = { close(): Promise<void> };

/**
 * Starts the whole system on this machine: stand-ins, functions behind the gateway, control port; seeds a room and people.
 *
 * @throws Error when a port is taken or a function cannot be built; what was started by then is ended again.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const started: Closable[] = [];
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= closeAll(started);
    return closing;
  };
  try {
    return await startParts(options, started, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Newest first: the gateway's functions call the stand-ins that were started before it.
 *
 * @throws AggregateError when parts could not be closed; the others are closed all the same.
 */
async function closeAll(parts: readonly Closable[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of [...parts].reverse()) await part.close().catch((error) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'parts of the stack could not be closed');
}

async function startParts(
  options: StackOptions,
  started: Closable[],
  close: () => Promise<void>,
): Promise<Stack> {
  const { region = 'eu-west-1', dataDir = null, log = () => {}, serverlessFile = SERVERLESS_FILE } = options;
  const keep = <Part extends Closable>(part: Part): Part => {
    started.push(part);
    return part;
  };
  const clock = createClock();
  const credentials = createCredentials();
  const faults = createFaultBoard(clock.now);
  const ports = portsFrom(options.portBase ?? 4600);
  const shared = (name: string) => ({ clock, faults, log, dataDir: dataDir && join(dataDir, name) });
  if (dataDir) keep(await takeDataFolder(dataDir));

  const knobs = options.cognitoKnobs ?? {};
  const cognito = keep(await startCognito({ ...shared('cognito'), region, port: ports.cognito, knobs }));
  const users = await seedPeople(cognito, options.people ?? PEOPLE);
  const dynamodb = keep(await startDynamoDb({ ...shared('dynamodb'), port: ports.dynamodb }));
  await createTable({ endpoint: dynamodb.endpoint, region, tableName: TABLE_NAME });
  let gateway: Gateway | undefined;
  const ivsChat = keep(
    await startIvsChat({
      ...shared('ivs-chat'),
      region,
      accountId: LOCAL_ACCOUNT_ID,
      port: ports.ivsChat,
      messagingPort: ports.messaging,
      credentials: [TEST_CREDENTIALS, credentials],
      lambdaEndpoint: () => gateway?.lambdaEndpoint ?? null,
      knobs: options.ivsChatKnobs ?? {},
    }),
  );
  const room = await seedRoom({
    endpoint: ivsChat.endpoint,
    region,
    credentials,
    reviewHandlerUri: `arn:aws:lambda:${region}:${LOCAL_ACCOUNT_ID}:function:${REVIEW_FUNCTION}`,
  });
  const made = {
    region,
    accountId: LOCAL_ACCOUNT_ID,
    userPoolId: cognito.userPoolId,
    userPoolClientId: cognito.clientId,
    roomId: room.id,
  };
  if (options.functions && options.functions !== 'as-built') await build();
  gateway = keep(
    await startGateway({
      serverlessFile,
      root,
      stage: STAGE,
      region,
      accountId: LOCAL_ACCOUNT_ID,
      port: ports.gateway,
      lambdaPort: ports.lambda,
      clock,
      faults,
      log,
      parameters: {
        ...(options.allowedOrigin ? { allowedOrigin: options.allowedOrigin } : {}),
        ...options.parameters,
      },
      references: {},
      templateValues: (parameter) => templateValues(made, parameter),
      jwksOrigin: cognito.jwksOrigin,
      environment: {
        AWS_ENDPOINT_URL_IVSCHAT: ivsChat.endpoint,
        LOCAL_JWKS_ORIGIN: cognito.jwksOrigin,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        ...options.environment,
      },
      onFunctionLog: options.onFunctionLog ?? (() => {}),
      // As provisioned concurrency does on AWS: a cold start alone can spend the 200 ms that IVS gives a review.
      warmInstances: { 'review-message': 1 },
    }),
  );
  if (options.functions === 'watch') keep(await reloadOnChange(gateway, serverlessFile, log));
  const control = keep(await startControl({ port: ports.control, clock, faults, ivsChat, gateway, cognito }));
  const description: StackDescription = {
    apiUrl: gateway.apiUrl,
    consoleUrl: null,
    region,
    ivsChatEndpoint: ivsChat.endpoint,
    messagingUrl: ivsChat.messagingUrl,
    cognitoEndpoint: cognito.endpoint,
    userPoolId: cognito.userPoolId,
    clientId: cognito.clientId,
    dynamodbEndpoint: dynamodb.endpoint,
    tableName: TABLE_NAME,
    lambdaEndpoint: gateway.lambdaEndpoint,
    connectEndpoint: null,
    controlUrl: control.controlUrl,
    credentials,
    rooms: [room],
    users,
  };
  return { description, clock, faults, gateway, close };
}
