import { ProblemError } from '../errors/index.ts';
import { parseStrictJsonObject } from './strict-json.ts';

/** The last second that Date can hold: aws-jwt-verify writes refused times into messages and would throw a RangeError. */
const MAX_DATE_SECONDS = 8.64e12;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Checks the form of a token before anything is asked of its signature: three canonical base64url parts, header and
 * payload JSON objects that can be read in one way only, a header that promises RS256 and nothing that we would ignore,
 * times that are times.
 *
 * aws-jwt-verify reads over `crit`, `b64`, `typ` and repeated members; RFC 7515 (4.1.11) and RFC 8725 (3.11) do not.
 *
 * @throws ProblemError `invalid-token`
 */
export function assertTokenForm(unverifiedToken: string): void {
  const parts = unverifiedToken.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || !header || !payload || !signature) throw new ProblemError('invalid-token');
  if (!isCanonical(header) || !isCanonical(payload) || !isCanonical(signature)) {
    throw new ProblemError('invalid-token');
  }
  const { alg, typ, cty, crit, b64 } = decode(header);
  const { exp, nbf } = decode(payload);
  const understood = alg === 'RS256' && (typ === undefined || typ === 'JWT');
  // `cty` announces a token within the token (RFC 7519, section 5.2): whose claims would these be?
  if (
    !understood ||
    [cty, crit, b64].some((member) => member !== undefined) ||
    ![exp, nbf].every(isWithinDates)
  )
    throw new ProblemError('invalid-token');
}

/** Whether a time could be one; absence and other types are for the verifier and callerFromClaims to judge. */
function isWithinDates(value: unknown): boolean {
  return typeof value !== 'number' || Math.abs(value) <= MAX_DATE_SECONDS;
}

/** One text per value: without padding, without stray bits, without characters that a decoder skips. */
function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}

function decode(part: string): Readonly<Record<string, unknown>> {
  try {
    return parseStrictJsonObject(UTF8.decode(Buffer.from(part, 'base64url')));
  } catch (cause) {
    throw new ProblemError('invalid-token', { cause });
  }
}
