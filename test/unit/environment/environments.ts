import { type Environment, EnvironmentError } from '../../../lib/environment.ts';

const DEPLOYMENT = { AWS_REGION: 'eu-west-1', ACCOUNT_ID: '123456789012' };

/** What the `moderation` function must be told, and nothing more. */
export const CALLERS = {
  ...DEPLOYMENT,
  USER_POOL_ID: 'eu-west-1_Ab12Cd34E',
  USER_POOL_CLIENT_ID: '1example23456789',
  REGISTERED_ROOMS: 'AbCdEfGh1234',
};
/** The same of the `tokens` function. */
export const TOKENS = { ...CALLERS, SESSION_MINUTES: '60', SOCKET_MODERATION: 'on' };
/** The same of the `review-message` function. */
export const REVIEW = { ...DEPLOYMENT, ON_FAILURE: 'deny' };

/** @returns what is wrong with the environment, by its own account. */
export function problemsOf(read: (env: Environment) => unknown, env: Environment): readonly string[] {
  try {
    read(env);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}
