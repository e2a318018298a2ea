import { request as sendRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { IvschatClient, type IvschatClientConfig, ListRoomsCommand } from '@aws-sdk/client-ivschat';
import { TEST_CREDENTIALS } from '../../../../infra/local/credentials.ts';
import { canonicalRequest } from '../../../../infra/local/ivs-chat/control-plane/signature/canonical-request.ts';
import {
  sha256,
  sign,
  signingKey,
} from '../../../../infra/local/ivs-chat/control-plane/signature/signing.ts';

const REGION = 'eu-west-1';

/** A request as its signer sees it. Without a method it is a POST, without a body the body is empty. */
export interface Unsigned {
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

interface HttpRequest {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: unknown;
}

/**
 * Has the AWS client sign any request, which is then not sent.
 *
 * @returns the headers that the client would have sent, `host` and `authorization` among them.
 */
export async function signRequest(
  config: IvschatClientConfig,
  { method = 'POST', path, query = {}, headers, body = '' }: Unsigned,
): Promise<Record<string, string>> {
  let signed: Record<string, string> | undefined;
  const client = new IvschatClient({
    ...config,
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: HttpRequest) => {
        signed = request.headers;
        throw new Error('signed, and not sent');
      },
    } as never,
  });
  client.middlewareStack.addRelativeTo(
    ((next: (args: unknown) => unknown) => (args: { readonly request: HttpRequest }) => {
      const { request } = args;
      const { host = '' } = request.headers;
      Object.assign(request, { method, path, query: { ...query }, body, headers: { host, ...headers } });
      return next(args);
    }) as never,
    { name: 'replaceRequest', relation: 'before', toMiddleware: 'httpSigningMiddleware' },
  );
  const failure: unknown = await client.send(new ListRoomsCommand({})).catch((error: unknown) => error);
  client.destroy();
  if (!signed) throw failure;
  return signed;
}

/**
 * Signs an empty POST in a way that the AWS client does not: for another service, or dated by a Date header.
 *
 * It uses the stand-in's own functions, which signature-vectors.test.ts holds to AWS's examples.
 */
export function signByHand(
  endpoint: string,
  target: string,
  { service = 'ivschat', date = new Date() }: { readonly service?: string; readonly date?: Date },
): Record<string, string> {
  const timestamp = date.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = { date: timestamp.slice(0, 8), region: REGION, service, terminator: 'aws4_request' };
  const headers = { date: date.toUTCString(), host: new URL(endpoint).host };
  const canonical = canonicalRequest(
    { method: 'POST', target, headers: { date: [headers.date], host: [headers.host] } },
    ['date', 'host'],
    sha256(Buffer.alloc(0)),
  );
  const { accessKeyId, secretAccessKey } = TEST_CREDENTIALS;
  const signature = sign(signingKey(secretAccessKey, scope), scope, timestamp, canonical);
  const credential = [accessKeyId, ...Object.values(scope)].join('/');
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=date;host, Signature=${signature}`,
  };
}

/** What the stand-in said. */
export interface RawAnswer {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly message: string;
  readonly date: string;
}

/** Sends exactly these headers, repeated ones as a list, over a connection of its own. */
export function sendRaw(
  endpoint: string,
  request: {
    readonly method?: string;
    readonly target: string;
    readonly headers: Readonly<Record<string, string | string[]>>;
    readonly body?: string;
  },
): Promise<RawAnswer> {
  const { method = 'POST', target, body = '' } = request;
  // Node announces no body of a DELETE by itself.
  const headers = { ...request.headers, ...(body !== '' && { 'content-length': Buffer.byteLength(body) }) };
  return new Promise((resolve, reject) => {
    const sent = sendRequest(endpoint, { method, path: target, headers, agent: false }, (response) => {
      text(response).then((answer) => {
        const { message = '' } = answer === '' ? {} : (JSON.parse(answer) as { message?: string });
        const type = response.headers['x-amzn-errortype'] as string | undefined;
        resolve({ status: response.statusCode, type, message, date: response.headers.date ?? '' });
      }, reject);
    });
    // As bytes: with a text Node would write the headers in the encoding of the text.
    sent.on('error', reject).end(Buffer.from(body));
  });
}
