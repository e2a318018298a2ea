import { EventEmitter } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { refusalOf } from './refusals.ts';

/** dynalite's request listener behind our own. */
export interface GuardedListener {
  readonly listener: RequestListener;
  /** Takes no more requests and resolves when dynalite has answered those that it has, or after `patienceMs`. */
  drain(patienceMs: number): Promise<void>;
}

/**
 * Hands complete requests to dynalite.
 *
 * dynalite throws out of its event listeners when a client goes away in the middle of a request, when a body is not what
 * it expects, and when its store is closed under it; each would end the process. So it never sees a request that is not
 * complete, it is called inside a `try`, and its store is closed only when it has nothing in hand.
 */
export function guardListener(dynalite: RequestListener, log: (line: string) => void): GuardedListener {
  const inHand = new Set<ServerResponse>();
  const idle = new EventEmitter();
  let draining = false;
  const finished = (response: ServerResponse) => {
    inHand.delete(response);
    if (inHand.size === 0) idle.emit('idle');
  };
  return {
    listener(request, response) {
      buffer(request).then(
        (body) => {
          if (draining) return void response.destroy();
          inHand.add(response);
          onEnd(response, () => finished(response));
          handOver(dynalite, request, body, response, log);
        },
        () => response.destroy(),
      );
    },
    async drain(patienceMs) {
      draining = true;
      if (inHand.size === 0) return;
      await new Promise<void>((resolve) => {
        const impatient = setTimeout(resolve, patienceMs);
        idle.once('idle', () => {
          clearTimeout(impatient);
          resolve();
        });
      });
    },
  };
}

function handOver(
  dynalite: RequestListener,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  log: (line: string) => void,
): void {
  const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  const refusal = request.method === 'POST' ? refusalOf(operation, body.toString('utf8')) : undefined;
  if (refusal) {
    log(`dynamodb ${refusal.status} ${refusal.type}: ${refusal.message}`);
    refuse(response, refusal.status, refusal.type, refusal.message);
    return;
  }
  const { headers, method, url } = request;
  const complete = Object.assign(new EventEmitter(), { headers, method, url });
  try {
    dynalite(complete as unknown as IncomingMessage, response);
    complete.emit('data', body);
    complete.emit('end');
  } catch (error) {
    log(`dynamodb ${operation} failed: ${(error as Error).name}`);
    refuse(response, 500, 'InternalServerError', 'dynalite failed');
  }
}

/** Not the `finish` event: the connection may be gone while dynalite still works on the answer. */
function onEnd(response: ServerResponse, done: () => void): void {
  const end = response.end;
  response.end = ((...args: Parameters<typeof end>) => {
    done();
    return end.apply(response, args);
  }) as typeof end;
}

function refuse(response: ServerResponse, status: number, type: string, message: string): void {
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
    .end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }));
}
