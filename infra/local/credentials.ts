import { randomBytes } from 'node:crypto';

/** A key pair that signs requests to the local stack. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The key pair that everybody knows, so that a client can be pointed at the stack without reading its output. */
export const TEST_CREDENTIALS: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Unlike AWS's own prefixes (AKIA, ASIA), so that nobody and no scanner takes the key for one of a real account. */
const PREFIX = 'LOCAL';
const ACCESS_KEY_ID_CHARACTERS = 20;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Makes a key pair as long as AWS's: an id of 20 characters of [A-Z0-9], a secret of 40. */
export function createCredentials(): Credentials {
  const random = randomBytes(ACCESS_KEY_ID_CHARACTERS - PREFIX.length);
  const id = Array.from(random, (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return { accessKeyId: `${PREFIX}${id}`, secretAccessKey: randomBytes(30).toString('base64url') };
}
