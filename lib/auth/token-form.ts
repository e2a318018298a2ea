import { ProblemError } from '../errors/index.ts';
import { parseStrictJsonObject } from './strict-json.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Checks the form of a token before anything is asked of its signature: three canonical base64url parts, header and
 * payload JSON objects that can be read in one way only, a header that promises RS256 and nothing that we would ignore.
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
  decode(payload);
  const understood = alg === 'RS256' && (typ === undefined || typ === 'JWT');
  // `cty` announces a token within the token (RFC 7519, section 5.2): whose claims would these be?
  if (!understood || [cty, crit, b64].some((member) => member !== undefined))
    throw new ProblemError('invalid-token');
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
