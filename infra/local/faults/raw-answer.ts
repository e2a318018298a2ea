import { type IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Writable } from 'node:stream';

const HEAD_END = '\r\n\r\n';

/**
 * Lets a stand-in answer a request into memory.
 *
 * @returns the answer, head and body, byte by byte as it would have gone over the wire.
 * @throws Error when the stand-in broke its answer off itself.
 */
export function captureAnswer(listener: RequestListener, request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const wire = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const response = new ServerResponse(request);
  // The type asks for a socket; nothing but the methods of a stream is used of it.
  response.assignSocket(wire as Socket);
  // What is left of the answer is written past the server, which could not read another request from this connection.
  response.setHeader('connection', 'close');
  return new Promise((resolve, reject) => {
    response.once('finish', () => resolve(Buffer.concat(chunks)));
    response.once('close', () => reject(new Error('the stand-in gave no answer')));
    listener(request, response);
  });
}

/** @returns where the head ends. */
export function headEnd(answer: Buffer): number {
  return answer.indexOf(HEAD_END) + HEAD_END.length;
}

/** @returns the head and half of the body, or half of the head when there is no body. */
export function halfOf(answer: Buffer): Buffer {
  const head = headEnd(answer);
  const body = answer.length - head;
  return answer.subarray(0, body === 0 ? head >> 1 : head + (body >> 1));
}
