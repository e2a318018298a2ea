import { afterEach, beforeEach } from 'vitest';
import { createSigningKey } from '../../auth/support/signing-key.ts';
import { type Api, startApi } from './api.ts';

const key = await createSigningKey('key-1');

/** An API per test. @returns a function that gives the current one. */
export function useApi(): () => Api {
  let current: Api | undefined;
  beforeEach(async () => {
    current = await startApi(key);
  });
  afterEach(async () => current?.keyServer.close());
  return () => {
    if (!current) throw new Error('the API is not running yet');
    return current;
  };
}
