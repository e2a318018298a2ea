import { errors } from 'jose';
import { type Answer, messageAnswer } from '../http/answer.ts';
import { KeysUnreachable, KeyUnusable } from './issuer-keys.ts';

/** Fixed texts only: an error's own message may quote the token. */
const DESCRIPTIONS: ReadonlyMap<string, string> = new Map([
  [errors.JWTExpired.code, 'the token has expired'],
  [errors.JOSEAlgNotAllowed.code, 'the signing algorithm is not supported'],
  [errors.JWKSNoMatchingKey.code, 'no key of the issuer has the kid of the token'],
  [errors.JWSSignatureVerificationFailed.code, 'the signature is not valid'],
]);

/** What may be wrong with a token that is signed as it should be. */
export class ClaimRefused extends Error {
  override readonly name = 'ClaimRefused';
}

/** The answer to a request without a token. */
export function missingToken(): Answer {
  return withChallenge(messageAnswer(401, 'Unauthorized'), 'Bearer');
}

/** The answer to a token that has none of the route's scopes. */
export function insufficientScope(scopes: readonly string[]): Answer {
  const description = 'the token has none of the scopes of the route';
  return withChallenge(messageAnswer(403, 'Forbidden'), challenge(scopes, 'insufficient_scope', description));
}

/**
 * The answer to a token that could not be verified.
 *
 * @returns null for an error that says nothing about the token.
 */
export function invalidToken(
  error: unknown,
  scopes: readonly string[],
  unreachableStatus: 401 | 500,
): Answer | null {
  const description = describe(error);
  if (!description) return null;
  if (error instanceof KeysUnreachable && unreachableStatus === 500) {
    return messageAnswer(500, 'Internal Server Error');
  }
  return withChallenge(messageAnswer(401, 'Unauthorized'), challenge(scopes, 'invalid_token', description));
}

function describe(error: unknown): string | null {
  if (error instanceof KeysUnreachable) return 'JWKS communication error';
  if (error instanceof KeyUnusable) return 'the key that the token names cannot be used';
  if (error instanceof ClaimRefused) return error.message;
  if (error instanceof errors.JWTClaimValidationFailed)
    return `the token does not have a valid ${error.claim}`;
  if (error instanceof errors.JOSEError) return DESCRIPTIONS.get(error.code) ?? 'the token is not valid';
  return null;
}

function challenge(scopes: readonly string[], error: string, description: string): string {
  return `Bearer scope="${scopes.join(' ')}" error="${error}" error_description="${description}"`;
}

function withChallenge(answer: Answer, value: string): Answer {
  return { ...answer, headers: [...answer.headers, ['www-authenticate', value]] };
}
