import { type Authenticate, type Caller, createAuthenticate, fetchJwks } from '../../../../lib/auth/index.ts';
import { ProblemError } from '../../../../lib/errors/index.ts';
import { POOL } from './signing-key.ts';

/** A function instance's check of callers, on a clock that only the test moves. */
export interface Rig {
  readonly authenticate: Authenticate;
  readonly time: { now: number };
}

/** Trusts the pool's tokens by the keys behind `origin`; the clock starts at a whole second. */
export function createRig(origin: string, now = Math.floor(Date.now() / 1000) * 1000): Rig {
  const time = { now };
  const authenticate = createAuthenticate({ ...POOL, fetchJwks: fetchJwks(origin), now: () => time.now });
  return { authenticate, time };
}

/** @returns the problem that the check ends with. @throws Error when the caller is let in. */
export async function refusalOf(check: Promise<Caller>): Promise<ProblemError> {
  const outcome = await check.catch((error: unknown) => error);
  if (outcome instanceof ProblemError) return outcome;
  throw new Error('no problem was thrown', { cause: outcome });
}

/** @returns `let in`, or the code of the problem. */
export async function outcomeOf(check: Promise<Caller>): Promise<string> {
  return check.then(
    () => 'let in',
    (error: unknown) => (error instanceof ProblemError ? error.code : `unforeseen: ${error}`),
  );
}
