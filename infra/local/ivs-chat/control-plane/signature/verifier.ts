import type { Clock } from '../../../clock.ts';
import type { Credentials } from '../../../credentials.ts';
import { notImplemented, ServiceError } from '../errors.ts';
import { type Authorization, type CredentialScope, incomplete, parseAuthorization } from './authorization.ts';
import { canonicalRequest, queryNames, type WireRequest } from './canonical-request.ts';
import { checkFresh, type RequestDate, requestDate } from './request-date.ts';
import { sameSignature, sha256, sign, signingKey } from './signing.ts';

/** What {@link createVerifier} needs. */
export interface VerifierOptions {
  readonly region: string;
  /** The service's signing name. */
  readonly service: string;
  /** The key pairs that may sign. */
  readonly credentials: readonly Credentials[];
  readonly clock: Pick<Clock, 'now'>;
  readonly log: (line: string) => void;
}

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.';

/**
 * Creates the judge of Signature Version 4 in the Authorization header.
 *
 * @returns a function that throws a ServiceError for a request that none of the key pairs has signed for this region,
 *   service and time. No error repeats a secret, or the signature that would have been right.
 */
export function createVerifier(options: VerifierOptions): (request: WireRequest) => void {
  const secrets = new Map(
    options.credentials.map(({ accessKeyId, secretAccessKey }) => [accessKeyId, secretAccessKey]),
  );
  return (request) => {
    const authorization = parseAuthorization(authorizationHeader(request, options.log));
    const date = requestDate(request.headers);
    const secret = secrets.get(authorization.accessKeyId);
    if (secret === undefined || request.headers['x-amz-security-token']) throw unrecognized();
    checkScope(authorization.scope, date, options);
    checkFresh(date, options.clock);
    checkSignedHeaders(authorization, date, request.headers);
    const canonical = canonicalRequest(request, authorization.signedHeaders, payloadHash(request));
    const key = signingKey(secret, authorization.scope);
    const expected = sign(key, authorization.scope, date.timestamp, canonical);
    if (!sameSignature(authorization.signature, expected)) throw invalid(MISMATCH);
  };
}

function authorizationHeader({ headers, target }: WireRequest, log: (line: string) => void): string {
  if (queryNames(target).some((name) => /^x-amz-(signature|algorithm)$/i.test(name))) {
    throw notImplemented('a signature in the query (presigned URL)', log);
  }
  const [header = '', ...more] = headers.authorization ?? [];
  if (header.trim() === '') {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  if (more.length > 0) throw incomplete('The request has more than one Authorization header.');
  if (header.startsWith('AWS4-ECDSA-')) throw notImplemented('Signature Version 4A (AWS4-ECDSA)', log);
  return header;
}

function checkScope(scope: CredentialScope, { timestamp }: RequestDate, options: VerifierOptions): void {
  const { region, service } = options;
  if (scope.region !== region) throw invalid(`Credential should be scoped to a valid Region: '${region}'.`);
  if (scope.service !== service) {
    throw invalid(`Credential should be scoped to correct service: '${service}'.`);
  }
  if (scope.terminator !== 'aws4_request') {
    throw invalid("Credential should be scoped with a valid terminator: 'aws4_request'.");
  }
  if (scope.date !== timestamp.slice(0, 8)) {
    throw invalid(
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.',
    );
  }
}

/** IAM user guide: host and every x-amz-* header have to be signed, and what is signed has to be there. */
function checkSignedHeaders(
  { signedHeaders }: Authorization,
  date: RequestDate,
  headers: WireRequest['headers'],
): void {
  const required = ['host', date.header, ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  const unsigned = required.find((name) => !signedHeaders.includes(name));
  if (unsigned) throw invalid(`'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`);
  const absent = signedHeaders.find((name) => !Object.hasOwn(headers, name));
  if (absent) throw invalid('SignedHeaders names a header that the request does not have.');
}

/** UNSIGNED-PAYLOAD is no hash, so it is refused too: with it the body could be anything. */
function payloadHash({ headers, body }: WireRequest): string {
  const hash = sha256(body);
  if ((headers['x-amz-content-sha256'] ?? []).some((given) => given !== hash)) {
    throw invalid("The x-amz-content-sha256 header must be the body's SHA-256.");
  }
  return hash;
}

function unrecognized(): ServiceError {
  return new ServiceError(
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  );
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidSignatureException', message);
}
