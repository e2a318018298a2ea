/**
 * A request as it came over the wire.
 *
 * Strings are as Node's HTTP parser makes them: each character stands for one byte.
 */
export interface WireRequest {
  readonly method: string;
  /** Path and query, as encoded by the client. */
  readonly target: string;
  /** By lower-case name, every value in the order of arrival. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/**
 * The form of a request that is signed (IAM user guide, "Create a signed API request").
 *
 * @param signedHeaders sorted lower-case names.
 * @param payloadHash SHA-256 of the body, in lower-case hexadecimal.
 */
export function canonicalRequest(
  { method, target, headers }: Omit<WireRequest, 'body'>,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  const [path = '', query = ''] = target.split(/\?(.*)/s, 2);
  return [
    method,
    canonicalPath(path),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${canonicalValue(headers[name] ?? [])}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** @returns the names of the query's parameters, decoded. */
export function queryNames(target: string): readonly string[] {
  const [, query = ''] = target.split(/\?(.*)/s, 2);
  return parameters(query).map(([name]) => decode(name));
}

/**
 * Dot segments and repeated slashes are removed, then every segment is encoded again.
 *
 * The path arrives encoded, so that its `%` become `%25`: services other than S3 sign a path that is encoded twice.
 */
function canonicalPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const trailingSlash = kept.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${kept.map(encode).join('/')}${trailingSlash}`;
}

/** Parameters are sorted by their encoded name, then by their encoded value. A `+` is a plus, never a space. */
function canonicalQuery(query: string): string {
  return parameters(query)
    .map(([name, value]) => [encode(decode(name)), encode(decode(value))] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function parameters(query: string): (readonly [name: string, value: string])[] {
  return query
    .split('&')
    .filter((parameter) => parameter !== '')
    .map((parameter) => {
      const [name = '', value = ''] = parameter.split(/=(.*)/s, 2);
      return [name, value];
    });
}

/** Only blanks and tabs count as white space: other bytes may be part of a character in UTF-8. */
function canonicalValue(values: readonly string[]): string {
  return values.map((value) => value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '')).join(',');
}

function encode(bytes: string): string {
  return bytes.replace(
    /[^A-Za-z0-9_.~-]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function decode(encoded: string): string {
  return encoded.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
