import { createServer, request } from 'node:https';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../../../infra/local/listen.ts';
import { operationsOf, rowCalled } from '../../support/fault-rows.ts';
import { useStack } from '../../support/stack.ts';
import { createCaller } from './support/calls.ts';
import { expectAsRowSays, timedCall } from './support/outcome.ts';
import { selfSigned } from './support/self-signed.ts';

let connections = 0;
let requests = 0;
let server: Listening | undefined;
const current = useStack(async () => {
  const https = createServer(selfSigned(), (_request, response) => {
    requests += 1;
    response.end('{}');
  });
  https.on('connection', () => (connections += 1));
  server = await listen(https, 0);
  return { environment: { AWS_ENDPOINT_URL_IVSCHAT: `https://127.0.0.1:${server.port}` } };
});
afterAll(() => server?.close());
beforeEach(() => {
  connections = 0;
  requests = 0;
});

describe('a certificate of IVS Chat that nobody vouches for', () => {
  const row = rowCalled('tls-bad-cert');
  it.each(operationsOf(row))(
    'at %s: tls-bad-cert becomes what the row expects, and nothing is sent',
    async (operation) => {
      const caller = await createCaller(current());
      const outcome = await timedCall(caller, operation);

      await expectAsRowSays(current(), row, operation, { ...outcome, attempts: connections });
      expect(JSON.stringify(outcome.answer.body)).not.toMatch(/127\.0\.0\.1|certificate/);
      expect(requests).toBe(0);
    },
  );

  it('is a certificate all the same: who does not look at it gets an answer', async () => {
    const status = await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: server?.port, rejectUnauthorized: false })
        .on('response', (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });

    expect([status, requests]).toEqual([200, 1]);
  });
});
