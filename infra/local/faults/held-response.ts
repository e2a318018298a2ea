import type { ServerResponse } from 'node:http';

/** What becomes of an answer that the stand-in has finished. */
type Ending = 'truncate' | 'reset' | 'headers' | 'body';

/**
 * Lets a stand-in do its work while its answer is kept from the client.
 *
 * The body is gathered instead of sent; when the stand-in ends its answer, `ending` decides what the client sees.
 */
export function holdBack(response: ServerResponse, ending: Ending): ServerResponse {
  const gathered: Buffer[] = [];
  const sendRaw = response.write.bind(response);
  const gather = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) gathered.push(Buffer.from(chunk as string));
  };
  response.write = ((chunk: unknown) => {
    gather(chunk);
    return true;
  }) as ServerResponse['write'];
  response.end = ((chunk?: unknown) => {
    gather(chunk);
    finish(response, sendRaw, Buffer.concat(gathered), ending);
    return response;
  }) as ServerResponse['end'];
  return response;
}

function finish(
  response: ServerResponse,
  sendRaw: ServerResponse['write'],
  body: Buffer,
  ending: Ending,
): void {
  const { socket } = response;
  if (ending === 'headers') return;
  if (ending === 'reset') {
    socket?.resetAndDestroy();
    return;
  }
  // The length that is announced is the whole body's, so that the client can tell that half of it is missing.
  if (!response.headersSent) response.setHeader('content-length', body.length);
  sendRaw(body.subarray(0, Math.floor(body.length / 2)), () => {
    if (ending === 'truncate') socket?.destroy();
  });
}
