import { ACCOUNT, ROOM, USER_POOL, USER_POOL_CLIENT } from './due-values.ts';

/** A variable whose value is a plain text that parameters choose. */
export const PLAIN_TEXT = Symbol('plain text');

/** Every variable that a function may have, with what it says wherever it stands (as `render` writes it). */
export const ENVIRONMENT_TABLE: Readonly<Record<string, string | typeof PLAIN_TEXT>> = {
  ACCOUNT_ID: ACCOUNT,
  USER_POOL_ID: USER_POOL,
  USER_POOL_CLIENT_ID: USER_POOL_CLIENT,
  REGISTERED_ROOMS: ROOM,
  SESSION_MINUTES: PLAIN_TEXT,
  SOCKET_MODERATION: PLAIN_TEXT,
  AVATAR_IDS: PLAIN_TEXT,
  AVATAR_HOSTS: PLAIN_TEXT,
  ON_FAILURE: PLAIN_TEXT,
};
