import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { CognitoError } from './errors.ts';
import type { CognitoKnobs } from './knobs.ts';
import type { Randomness } from './randomness.ts';

/** scrypt's cost: 2^14 blocks of 8 * 128 bytes, 16 MiB. */
const COST: ScryptOptions = { N: 16_384, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** A password as it is kept: `<salt>.<scrypt hash>`, both base64url. */
export type PasswordHash = string;

/** @throws CognitoError InvalidPasswordException naming the first rule that the password breaks. */
export function checkPolicy(password: string, knobs: CognitoKnobs): void {
  const rules: readonly (readonly [broken: boolean, why: string])[] = [
    [password.length < knobs.passwordMinimumLength, 'Password not long enough'],
    [!/[a-z]/.test(password), 'Password must have lowercase characters'],
    [!/[A-Z]/.test(password), 'Password must have uppercase characters'],
    [!/[0-9]/.test(password), 'Password must have numeric characters'],
    [!/[^A-Za-z0-9]/.test(password), 'Password must have symbol characters'],
  ];
  const broken = rules.slice(0, knobs.passwordNeedsEveryClass ? undefined : 1).find(([fails]) => fails);
  if (!broken) return;
  throw new CognitoError('InvalidPasswordException', `Password did not conform with policy: ${broken[1]}`);
}

export async function hashPassword(password: string, random: Randomness): Promise<PasswordHash> {
  const salt = random.bytes(SALT_BYTES);
  return `${salt.toString('base64url')}.${(await derive(password, salt)).toString('base64url')}`;
}

/**
 * @param kept what {@link hashPassword} gave; undefined for an unknown user, who costs the same time as a known one.
 * @returns whether this is the password.
 */
export async function isPassword(password: string, kept: PasswordHash | undefined): Promise<boolean> {
  const [salt = '', hash = ''] = (kept ?? '').split('.');
  const derived = await derive(password, Buffer.from(salt, 'base64url'));
  const expected = Buffer.from(hash, 'base64url');
  return expected.length === HASH_BYTES && timingSafeEqual(derived, expected);
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
