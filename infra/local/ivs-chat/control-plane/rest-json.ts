import type { IncomingMessage, ServerResponse } from 'node:http';
import { ServiceError, serializationException } from './errors.ts';
import { REQUEST_BODY_MAX_BYTES } from './limits.ts';

/**
 * Parses a restJson1 request body.
 *
 * @returns the JSON object; an empty one for an empty body.
 * @throws ServiceError UnsupportedMediaTypeException or SerializationException, as the protocol's
 *   malformed-request tests have it (smithy, restJson1).
 */
export function parseJsonBody(request: IncomingMessage, bytes: Buffer): Record<string, unknown> {
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json' && (mediaType !== undefined || bytes.length > 0)) {
    throw new ServiceError('UnsupportedMediaTypeException', 'The content type must be application/json');
  }
  return bytes.length === 0 ? {} : parseObject(bytes);
}

/** Ends an answer. @param body undefined for none. */
export function answer(response: ServerResponse, status: number, requestId: string, body?: object): void {
  const text = body && JSON.stringify(body);
  response
    .writeHead(status, {
      'x-amzn-requestid': requestId,
      ...(text !== undefined && { 'content-type': 'application/json' }),
      ...(status !== 204 && { 'content-length': Buffer.byteLength(text ?? '') }),
    })
    .end(text);
}

/** Ends an error answer: its type in the header only, as the protocol's own tests have it. */
export function answerError(response: ServerResponse, error: ServiceError, requestId: string): void {
  response.setHeader('x-amzn-errortype', error.type);
  answer(response, error.status, requestId, { message: error.message, ...error.fields });
}

/** @throws ServiceError RequestEntityTooLargeException. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Read to its end although it is refused: a client that is still sending would not see the answer.
    if (length <= REQUEST_BODY_MAX_BYTES) chunks.push(chunk);
  }
  if (length > REQUEST_BODY_MAX_BYTES) {
    throw new ServiceError('RequestEntityTooLargeException', 'The request is too large');
  }
  return Buffer.concat(chunks);
}

function parseObject(bytes: Buffer): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    // The parser's own message quotes the body.
    throw serializationException('The request body is not JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw serializationException('The request body is not a JSON object');
  }
  return body as Record<string, unknown>;
}
