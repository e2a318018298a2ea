import { ACCOUNT, ROOM, USER_POOL, USER_POOL_CLIENT } from './due-values.ts';

/** A variable whose value is a plain text that parameters choose. */
export const PLAIN_TEXT = Symbol('plain text');

/** Variables by name, with what each says (as `render` writes it). */
type Variables = Readonly<Record<string, string | typeof PLAIN_TEXT>>;

/** What functions need that verify callers. */
const CALLER: Variables = {
  ACCOUNT_ID: ACCOUNT,
  USER_POOL_ID: USER_POOL,
  USER_POOL_CLIENT_ID: USER_POOL_CLIENT,
  REGISTERED_ROOMS: ROOM,
};

/** The variables of every function, by its key in serverless.yml: without one it does not start (lib/environment.ts). */
export const ENVIRONMENT_TABLE: Readonly<Record<string, Variables>> = {
  tokens: {
    ...CALLER,
    SESSION_MINUTES: PLAIN_TEXT,
    SOCKET_MODERATION: PLAIN_TEXT,
    AVATAR_IDS: PLAIN_TEXT,
    AVATAR_HOSTS: PLAIN_TEXT,
  },
  moderation: CALLER,
  'review-message': { ACCOUNT_ID: ACCOUNT, ON_FAILURE: PLAIN_TEXT },
  health: {},
};
