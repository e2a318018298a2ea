import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { type Challenges, createChallenges } from './challenges.ts';
import { createDirectory, type Directory, type Group, type User } from './directory.ts';
import { resourceNotFound } from './errors.ts';
import type { CognitoKnobs } from './knobs.ts';
import { privateFile } from './private-file.ts';
import type { Randomness } from './randomness.ts';
import { createSignIns, type SignIn, type SignIns } from './sign-ins.ts';
import { openSigningKeys, type SigningKeys } from './signing-keys.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** The one user pool with its one app client, as the operations see it. */
export interface Pool {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly issuer: string;
  readonly knobs: CognitoKnobs;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly directory: Directory;
  readonly signIns: SignIns;
  readonly challenges: Challenges;
  readonly keys: SigningKeys;
  readonly tokens: Tokens;
  /** Keeps what comes later out of the files: they may belong to the next start already. */
  close(): void;
}

/** What `users.json` holds. */
interface KeptPool {
  readonly userPoolId: string;
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly signIns: readonly SignIn[];
}

interface PoolOptions
  extends Pick<Pool, 'userPoolId' | 'clientId' | 'issuer' | 'knobs' | 'clock' | 'random'> {
  /** Folder of `users.json` and `keys.json`; null keeps everything in memory. */
  readonly dataDir: string | null;
}

/** @throws Error when the folder holds another pool. */
export async function openPool(options: PoolOptions): Promise<Pool> {
  const { userPoolId, knobs, clock, random, dataDir } = options;
  const file = privateFile<KeptPool>(dataDir && join(dataDir, 'users.json'));
  const kept = file.read() ?? { userPoolId, users: [], groups: [], signIns: [] };
  if (kept.userPoolId !== userPoolId) {
    throw new Error(
      `${dataDir} holds the user pool ${kept.userPoolId}, not ${userPoolId}: use another folder`,
    );
  }
  let closed = false;
  const onChange = () => {
    if (!closed) file.write({ userPoolId, ...directory.contents(), signIns: signIns.contents() });
  };
  const directory = createDirectory({ ...kept, ...knobs, clock, onChange });
  const signIns = createSignIns({ ...kept, ...knobs, clock, random, onChange });
  const keys = await openSigningKeys(privateFile(dataDir && join(dataDir, 'keys.json')), random);
  return {
    ...options,
    directory,
    signIns,
    challenges: createChallenges(clock, random, knobs),
    keys,
    tokens: createTokens({ ...options, keys }),
    close: () => {
      closed = true;
    },
  };
}

/** @throws CognitoError ResourceNotFoundException when the request means another pool. */
export function checkPool(pool: Pool, userPoolId: string): void {
  if (userPoolId !== pool.userPoolId) throw resourceNotFound(`User pool ${userPoolId} does not exist.`);
}

/** @throws CognitoError ResourceNotFoundException when the request means another app client. */
export function checkClient(pool: Pool, clientId: string): void {
  if (clientId !== pool.clientId) throw resourceNotFound(`User pool client ${clientId} does not exist.`);
}
