import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where the next page of a list begins: after the row with these values. */
export interface Cursor {
  readonly updateTime: number;
  readonly arn: string;
}

/** Opaque `nextToken` values that only their maker can make. */
export interface NextTokens {
  /** @param filters what the list was filtered by: the token continues that list only. */
  issue(cursor: Cursor, filters: readonly (string | undefined)[]): string;
  /** @returns the cursor, or undefined for a token that was not issued for these filters. */
  read(nextToken: string, filters: readonly (string | undefined)[]): Cursor | undefined;
}

/** @param key at least 32 random bytes, made at start. */
export function createNextTokens(key: Uint8Array): NextTokens {
  const sign = (cursor: string, filters: readonly (string | undefined)[]) =>
    createHmac('sha256', key)
      .update(JSON.stringify([cursor, filters]))
      .digest();
  return {
    issue(cursor, filters) {
      const text = Buffer.from(JSON.stringify(cursor)).toString('base64url');
      return `${text}.${sign(text, filters).toString('base64url')}`;
    },
    read(nextToken, filters) {
      const [text = '', signature = '', ...rest] = nextToken.split('.');
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(text, filters);
      if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
        return undefined;
      return JSON.parse(Buffer.from(text, 'base64url').toString()) as Cursor;
    },
  };
}
