import { ServiceError } from '../errors.ts';

/** The algorithm of Signature Version 4, as the Authorization header and the string to sign name it. */
export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** What the parts of an Authorization header say. None of it is believed yet. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** Lower case, sorted, each once. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** What a signature is good for. */
export interface CredentialScope {
  /** YYYYMMDD. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
}

const PARTS = ['Credential', 'SignedHeaders', 'Signature'] as const;
const HEADER_NAMES = /^[!#$%&'*+.^_`|~0-9a-z-]+(;[!#$%&'*+.^_`|~0-9a-z-]+)*$/;

/** @throws ServiceError IncompleteSignatureException saying what is missing or malformed. */
export function parseAuthorization(header: string): Authorization {
  const [algorithm, rest = ''] = header.trim().split(/ +(.*)/s, 2);
  if (algorithm !== ALGORITHM) throw incomplete(`Authorization header must use the algorithm ${ALGORITHM}.`);
  const parts = keyValuePairs(rest);
  const missing = PARTS.filter((name) => !parts.get(name));
  if (missing.length > 0) {
    throw incomplete(missing.map((name) => `Authorization header requires '${name}' parameter.`).join(' '));
  }
  return {
    ...parseCredential(parts.get('Credential') ?? ''),
    signedHeaders: parseSignedHeaders(parts.get('SignedHeaders') ?? ''),
    signature: parts.get('Signature') ?? '',
  };
}

/** A request that says too little, or says it in a way that cannot be read. */
export function incomplete(message: string): ServiceError {
  return new ServiceError('IncompleteSignatureException', message);
}

function keyValuePairs(text: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  if (text === '') return pairs;
  for (const pair of text.split(',')) {
    const [name = '', value] = pair.trim().split(/=(.*)/s, 2);
    if (value === undefined) throw incomplete('Authorization header has a part without equal-sign.');
    if (pairs.has(name)) throw incomplete('Authorization header has a part twice.');
    pairs.set(name, value);
  }
  return pairs;
}

function parseCredential(credential: string): Pick<Authorization, 'accessKeyId' | 'scope'> {
  const elements = credential.split('/');
  const [accessKeyId, date, region, service, terminator] = elements;
  if (elements.length !== 5 || !accessKeyId || !date || !region || !service || !terminator) {
    throw incomplete(
      'Credential must have exactly 5 slash-delimited elements, for example keyid/date/region/service/term.',
    );
  }
  return { accessKeyId, scope: { date, region, service, terminator } };
}

function parseSignedHeaders(text: string): readonly string[] {
  const names = text.split(';');
  const sorted = names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
  if (!HEADER_NAMES.test(text) || !sorted) {
    throw incomplete(
      'SignedHeaders must be lower-case names, sorted, each once, with semicolons between them.',
    );
  }
  return names;
}
