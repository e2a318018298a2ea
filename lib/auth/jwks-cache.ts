import { KidNotFoundInJwksError } from 'aws-jwt-verify/error';
import type { JwksCache, JwkWithKid } from 'aws-jwt-verify/jwk';
import { ProblemError } from '../errors/index.ts';
import { type KeySet, parseJwks } from './jwks.ts';
import type { FetchJwks } from './jwks-fetch.ts';

/** An unknown `kid` is taken for a forgery, not for a rotation, while the set is no older than this. */
const UNKNOWN_KID_TRUST_MS = 10_000;
/** A set is fetched anew after this, so that a withdrawn key loses its trust. */
const REFRESH_AFTER_MS = 60 * 60 * 1000;
/** While refreshing fails, known keys still verify for as long as a token signed with them can live. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000;
/** A failed fetch is answered from memory for this long: a flood of tokens is no flood of fetches. */
const FAILURE_MEMORY_MS = 1000;
/** A caller with a known key waits for a refresh only this often while refreshing fails. */
const REFRESH_RETRY_MS = 60_000;

const RETRY_AFTER_SECONDS = 2;

interface Entry {
  keys: KeySet | undefined;
  fetchedAt: number;
  failedAt: number;
  fetching: Promise<KeySet> | undefined;
}

/** What the cache needs. */
export interface JwksCacheDeps {
  readonly fetchJwks: FetchJwks;
  /** @returns milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Keys per JWKS URI, with one fetch in flight per URI.
 *
 * Tells "this token is signed with a key that nobody published" (KidNotFoundInJwksError, a 401) from "we cannot know"
 * (ProblemError `jwks-unavailable`, a 503): the first signs people out, the second must not.
 */
export function createJwksCache({ fetchJwks, now }: JwksCacheDeps): JwksCache {
  const entries = new Map<string, Entry>();

  const entryOf = (uri: string): Entry => {
    const found = entries.get(uri);
    if (found) return found;
    const entry: Entry = { keys: undefined, fetchedAt: -Infinity, failedAt: -Infinity, fetching: undefined };
    entries.set(uri, entry);
    return entry;
  };
  /** A clock that went backwards makes everything old, nothing eternally young. */
  const isWithin = (at: number, ms: number) => now() >= at && now() - at <= ms;

  const load = async (uri: string, entry: Entry): Promise<KeySet> => {
    try {
      const keys = parseJwks(await fetchJwks(uri));
      Object.assign(entry, { keys, fetchedAt: now(), failedAt: -Infinity });
      return keys;
    } catch (cause) {
      entry.failedAt = now();
      throw unavailable(cause);
    }
  };
  const refresh = (uri: string, entry: Entry, failureMemoryMs: number): Promise<KeySet> => {
    if (entry.fetching) return entry.fetching;
    if (isWithin(entry.failedAt, failureMemoryMs)) return Promise.reject(unavailable());
    entry.fetching = load(uri, entry).finally(() => {
      entry.fetching = undefined;
    });
    return entry.fetching;
  };
  /** The keys that may decide about `kid`, fetched when they may not. */
  const keysFor = async (uri: string, kid: string): Promise<KeySet> => {
    const entry = entryOf(uri);
    const { keys, fetchedAt } = entry;
    if (!keys?.has(kid)) {
      return keys && isWithin(fetchedAt, UNKNOWN_KID_TRUST_MS)
        ? keys
        : refresh(uri, entry, FAILURE_MEMORY_MS);
    }
    if (isWithin(fetchedAt, REFRESH_AFTER_MS)) return keys;
    if (!isWithin(fetchedAt, MAX_AGE_MS)) return refresh(uri, entry, FAILURE_MEMORY_MS);
    return refresh(uri, entry, REFRESH_RETRY_MS).catch(() => keys);
  };

  return {
    getJwk: async (uri, { header }) => pick(await keysFor(uri, header.kid ?? ''), header.kid),
    getCachedJwk: (uri, { header }) => pick(entryOf(uri).keys, header.kid),
    getJwks: async (uri) => ({ keys: [...(await refresh(uri, entryOf(uri), FAILURE_MEMORY_MS)).values()] }),
    addJwks() {
      throw new TypeError('keys come from the issuer only');
    },
  };
}

function pick(keys: KeySet | undefined, kid: string | undefined): JwkWithKid {
  const jwk = keys?.get(kid ?? '');
  if (!jwk) throw new KidNotFoundInJwksError('no published key has this kid');
  return jwk;
}

function unavailable(cause?: unknown): ProblemError {
  return new ProblemError('jwks-unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS, cause });
}
