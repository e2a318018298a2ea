import type { IncomingMessage } from 'node:http';

/**
 * Reads a request's body.
 *
 * @returns `too-large` as soon as it is known to be; the rest is then thrown away as it comes.
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | 'too-large'> {
  return new Promise((resolve, reject) => {
    if (request.destroyed) reject(new Error('the client went away'));
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limitBytes) resolve('too-large');
      else chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => reject(new Error('the client went away')));
    request.once('error', reject);
  });
}
