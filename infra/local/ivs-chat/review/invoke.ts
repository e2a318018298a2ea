import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { LAMBDA_RESPONSE_BYTES } from '../messaging/limits.ts';

/** Why an invocation came to nothing. */
export type InvocationError =
  | 'no endpoint'
  | 'timeout'
  | 'connection failed'
  | 'status'
  | 'function error'
  | 'response too large';

export type InvocationResult = { readonly body: string } | { readonly error: InvocationError };

/** Invokes Lambda functions over HTTP. */
export interface Invoker {
  /** Invokes once and waits for the answer, at most the configured time from now. Never rejects. */
  invoke(functionArn: string, payload: unknown): Promise<InvocationResult>;
  /** Ends every connection; what is under way becomes an error. */
  close(): void;
}

/** What {@link createInvoker} needs. */
export interface InvokerOptions {
  /** Origin of the Lambda Invoke API, for example `http://127.0.0.1:9001`; `null` while there is none. */
  readonly lambdaEndpoint: () => string | null;
  readonly timeoutMs: number;
}

/** Creates an invoker with connections of its own, which it keeps alive. */
export function createInvoker({ lambdaEndpoint, timeoutMs }: InvokerOptions): Invoker {
  const agent = new Agent({ keepAlive: true });
  return {
    async invoke(functionArn, payload) {
      const endpoint = lambdaEndpoint();
      if (endpoint === null) return { error: 'no endpoint' };
      const path = `/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`;
      const body = JSON.stringify(payload);
      try {
        return await new Promise((resolve) => post({ endpoint, path, body, agent, timeoutMs }, resolve));
      } catch {
        // The endpoint is no http address.
        return { error: 'connection failed' };
      }
    },
    close: () => agent.destroy(),
  };
}

interface Post {
  readonly endpoint: string;
  readonly path: string;
  readonly body: string;
  readonly agent: Agent;
  readonly timeoutMs: number;
}

function post(
  { endpoint, path, body, agent, timeoutMs }: Post,
  answer: (result: InvocationResult) => void,
): void {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const request = httpRequest(new URL(path, endpoint), { method: 'POST', agent, headers });
  const finish = (result: InvocationResult) => {
    clearTimeout(cutOff);
    answer(result);
  };
  const abandon = (error: InvocationError) => {
    finish({ error });
    request.destroy();
  };
  const cutOff = setTimeout(() => abandon('timeout'), timeoutMs).unref();
  request.on('error', () => finish({ error: 'connection failed' }));
  request.on('response', (response) => {
    const error = headError(response);
    // The body of an error is not waited for: it may never end.
    if (error) abandon(error);
    else readBody(response, finish, abandon);
  });
  request.end(body);
}

function headError({ statusCode, headers }: IncomingMessage): InvocationError | null {
  if (statusCode !== 200) return 'status';
  return headers['x-amz-function-error'] === undefined ? null : 'function error';
}

function readBody(
  response: IncomingMessage,
  finish: (result: InvocationResult) => void,
  abandon: (error: InvocationError) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > LAMBDA_RESPONSE_BYTES) abandon('response too large');
  });
  response.on('end', () => finish({ body: Buffer.concat(chunks).toString('utf8') }));
  response.on('error', () => finish({ error: 'connection failed' }));
}
