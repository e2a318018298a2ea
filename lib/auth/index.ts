export { type AuthenticateDeps, createAuthenticate } from './authenticate.ts';
export type { Authenticate, Caller } from './caller.ts';
export { type FetchJwks, fetchJwks } from './jwks-fetch.ts';
