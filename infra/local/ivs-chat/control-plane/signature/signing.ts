import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ALGORITHM, type CredentialScope } from './authorization.ts';

/** @returns SHA-256 in lower-case hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The key that a secret has for a date, region and service. */
export function signingKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const { date, region, service, terminator } = scope;
  return [date, region, service, terminator].reduce<Buffer>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
}

/**
 * @param canonicalRequest one character a byte.
 * @param timestamp YYYYMMDDTHHMMSSZ.
 * @returns the signature in lower-case hexadecimal.
 */
export function sign(
  key: Uint8Array,
  scope: CredentialScope,
  timestamp: string,
  canonicalRequest: string,
): string {
  const { date, region, service, terminator } = scope;
  const stringToSign = [
    ALGORITHM,
    timestamp,
    [date, region, service, terminator].join('/'),
    sha256(Buffer.from(canonicalRequest, 'latin1')),
  ].join('\n');
  return hmac(key, stringToSign).toString('hex');
}

/** Compares in a time that does not tell how much of `given` is right. */
export function sameSignature(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
