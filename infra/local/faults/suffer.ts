import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { captureAnswer, halfOf, headEnd } from './raw-answer.ts';
import type { Fault } from './rule.ts';

/** Makes a request suffer a fault. The listener is the stand-in's own. */
export function suffer(
  fault: Fault,
  listener: RequestListener,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  switch (fault.mode) {
    case 'status':
      request.resume();
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
      response.end(textOf(fault.body));
      return;
    case 'delay':
      setTimeout(() => listener(request, response), fault.ms).unref();
      return;
    case 'hang':
      if (fault.when === 'headers' || fault.when === 'body') breakOff(fault, listener, request);
      else request.resume();
      return;
    case 'reset':
      if (fault.when === 'after' || fault.when === 'body') breakOff(fault, listener, request);
      else request.socket.resetAndDestroy();
      return;
    case 'truncate':
    case 'drip':
      breakOff(fault, listener, request);
  }
}

/** @returns the body of a `status` fault as it is sent. */
export function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body === undefined ? {} : body);
}

/** Lets the stand-in work and writes of its answer to the client what the fault leaves over. */
function breakOff(fault: Fault, listener: RequestListener, request: IncomingMessage): void {
  const { socket } = request;
  captureAnswer(listener, request).then(
    (answer) => {
      if (fault.mode === 'drip') drip(answer, fault.ms, request);
      else if (fault.mode === 'truncate') socket.end(halfOf(answer));
      else if (fault.mode === 'reset' && fault.when === 'after') socket.resetAndDestroy();
      else if (fault.mode === 'reset') socket.write(halfOf(answer), () => socket.resetAndDestroy());
      else if (fault.mode === 'hang' && fault.when === 'body') socket.write(halfOf(answer));
    },
    () => socket.destroy(),
  );
}

function drip(answer: Buffer, ms: number, { socket }: IncomingMessage): void {
  if (socket.destroyed) return;
  let sent = headEnd(answer);
  if (sent === answer.length) sent = 0;
  socket.write(answer.subarray(0, sent));
  const timer = setInterval(() => {
    socket.write(answer.subarray(sent, sent + 1));
    sent += 1;
    if (sent < answer.length) return;
    clearInterval(timer);
    socket.end();
  }, ms).unref();
  socket.once('close', () => clearInterval(timer));
}
