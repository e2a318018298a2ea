import { createServer } from 'node:http';
import type { Clock } from '../clock.ts';
import type { FaultBoard } from '../faults/board.ts';
import { listen } from '../listen.ts';
import { createUser, setPassword } from './admin-users.ts';
import { checkAttributes } from './attributes.ts';
import { addToGroup } from './groups.ts';
import { COGNITO_KNOBS, type CognitoKnobs } from './knobs.ts';
import { createListener } from './listener.ts';
import { openPool, type Pool } from './pool.ts';
import { type Randomness, SYSTEM_RANDOMNESS } from './randomness.ts';

export type { CognitoKnobs } from './knobs.ts';

export interface CognitoOptions {
  readonly region: string;
  /** `<region>_<alphanumerics>`. Default `<region>_Roomkeep1`. */
  readonly userPoolId?: string;
  /** 26 lower-case alphanumerics. */
  readonly clientId?: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly clock: Clock;
  readonly faults: FaultBoard;
  /** Folder for users and keys over restarts; null keeps them in memory. */
  readonly dataDir: string | null;
  /** One line a request: operation, status, error type. Never names, passwords or tokens. */
  readonly log: (line: string) => void;
  readonly knobs?: Partial<CognitoKnobs>;
  readonly randomness?: Randomness;
}

/** A user that exists from the start, with a permanent password. */
export interface UserSeed {
  readonly username: string;
  readonly password: string;
  /** Groups that do not exist yet are created. */
  readonly groups: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A running user pool with one app client without a secret. */
export interface Cognito {
  /** For `endpoint` of an SDK client and `--endpoint-url` of the AWS CLI. */
  readonly endpoint: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** The `iss` of its tokens: what AWS would put there, not an address of this machine. */
  readonly issuer: string;
  /** Where `<origin>/<userPoolId>/.well-known/jwks.json` answers. */
  readonly jwksOrigin: string;
  /** Adds a user, or gives an existing one this password and these groups. @returns the `sub`. */
  seedUser(seed: UserSeed): Promise<{ userId: string }>;
  /** New keys sign from now on; the old ones stay in the JWKS until the next rotation. */
  rotateKeys(): Promise<void>;
  close(): Promise<void>;
}

const CLIENT_ID = '4roomkeeper0local0client00';

/**
 * Starts the stand-in for an Amazon Cognito user pool. What it does and does not is in PARITY.md.
 *
 * @throws RangeError for ids that Cognito would not give; Error when the port is taken or `dataDir` holds another pool.
 */
export async function startCognito(options: CognitoOptions): Promise<Cognito> {
  const { region, userPoolId = `${region}_Roomkeep1`, clientId = CLIENT_ID, dataDir } = options;
  if (!userPoolId.startsWith(`${region}_`) || !/^[\w-]+_[0-9A-Za-z]+$/.test(userPoolId)) {
    throw new RangeError(`a user pool id in ${region} is ${region}_ and alphanumerics`);
  }
  if (!/^[0-9a-z]{26}$/.test(clientId)) throw new RangeError('a client id is 26 lower-case alphanumerics');
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
  const pool = await openPool({
    userPoolId,
    clientId,
    issuer,
    dataDir,
    clock: options.clock,
    knobs: { ...COGNITO_KNOBS, ...options.knobs },
    random: options.randomness ?? SYSTEM_RANDOMNESS,
  });
  const server = createServer(options.faults.guard('cognito', createListener(pool, options.log)));
  const { origin, close } = await listen(server, options.port);
  return {
    endpoint: origin,
    userPoolId,
    clientId,
    issuer,
    jwksOrigin: origin,
    seedUser: (seed) => seedUser(pool, seed),
    rotateKeys: () => pool.keys.rotate(),
    async close() {
      pool.close();
      await close();
    },
  };
}

async function seedUser(pool: Pool, seed: UserSeed): Promise<{ userId: string }> {
  const { username, password, groups } = seed;
  const attributes = checkAttributes(new Map(Object.entries(seed.attributes ?? {})));
  const user = pool.directory.find(username) ?? (await createUser(pool, { username, password, attributes }));
  await setPassword(pool, username, password, true);
  for (const group of groups) {
    if (!pool.directory.findGroup(group)) pool.directory.addGroup({ name: group });
    addToGroup(pool, username, group);
  }
  return { userId: user.sub };
}
