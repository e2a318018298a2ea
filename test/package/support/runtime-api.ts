import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../../infra/local/listen.ts';
import { createInvocations, type FunctionError, type Invocations, type InvokeResult } from './invocations.ts';

/** Version of the Runtime API (Lambda developer guide, "Using the Lambda runtime API"). */
const PREFIX = '/2018-06-01/runtime/';

/** The other end of a function's runtime: hands events to it and takes its answers. */
export interface RuntimeApi {
  /** `host:port`, the value of AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Invokes the function once its runtime asks for an event. Never rejects: what goes wrong in a function is a result. */
  invoke(event: unknown): Promise<InvokeResult>;
  /** To be called when the runtime's process has ended: whatever it still owes becomes `Runtime.ExitError`. */
  processEnded(reason: string): void;
  close(): Promise<void>;
}

/**
 * Starts a Runtime API for one execution environment.
 *
 * Deadlines are told and not kept: a function that hangs ends with the test that waits for it. An environment that has failed
 * is not started again.
 */
export async function startRuntimeApi(options: {
  readonly functionArn: string;
  readonly timeoutSeconds: number;
}): Promise<RuntimeApi> {
  const invocations = createInvocations();
  const server = createServer((request, response) => {
    void answer(request, response, invocations, options);
  });
  const { port, close } = await listen(server, 0);
  return {
    address: `127.0.0.1:${port}`,
    invoke: invocations.invoke,
    processEnded: (reason) =>
      invocations.fail({
        errorType: 'Runtime.ExitError',
        errorMessage: `Runtime exited with error: ${reason}`,
      }),
    close,
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  invocations: Invocations,
  options: Parameters<typeof startRuntimeApi>[0],
): Promise<void> {
  const [, call = ''] = `${request.method} ${request.url}`.split(PREFIX);
  const [, requestId = '', kind] = /^invocation\/([^/]+)\/(response|error)$/.exec(call) ?? [];
  const body = await text(request);
  if (call === 'invocation/next') return giveNext(response, invocations, options);
  if (call === 'init/error') {
    invocations.fail(JSON.parse(body) as FunctionError);
    return send(response, 202, { status: 'OK' });
  }
  if (!kind) return send(response, 404, { errorType: 'NotFound', errorMessage: `no ${call}` });
  const result: InvokeResult =
    kind === 'error' ? { functionError: JSON.parse(body) as FunctionError } : { payload: JSON.parse(body) };
  if (invocations.settle(requestId, result)) return send(response, 202, { status: 'OK' });
  return send(response, 400, { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' });
}

function giveNext(
  response: ServerResponse,
  invocations: Invocations,
  { functionArn, timeoutSeconds }: Parameters<typeof startRuntimeApi>[0],
): void {
  invocations.onNext(({ requestId, event }) => {
    send(response, 200, event, {
      'Lambda-Runtime-Aws-Request-Id': requestId,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + timeoutSeconds * 1000),
      'Lambda-Runtime-Invoked-Function-Arn': functionArn,
      'Lambda-Runtime-Trace-Id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0',
    });
  });
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
