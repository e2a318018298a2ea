import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BenchmarkError } from '../../bench/part.ts';
import { load } from '../../bench/token-route/load.ts';

/** What the server answers; null ends the connection instead, and 'never' leaves it open. */
let statusOf: (request: number) => number | 'never' | null;
let server: Server;
beforeEach(async () => {
  let requests = 0;
  server = createServer((_request, response) => {
    requests += 1;
    const status = statusOf(requests);
    if (status === null) response.destroy();
    else if (status !== 'never') response.writeHead(status).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const measure = () =>
  load({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rooms/r/tokens`,
    headers: {},
    body: '{}',
    seconds: 1,
  });

it('a load of good answers has a rate and percentiles in order', async () => {
  statusOf = () => 200;

  const { requestsPerSecond, p50Ms, p99Ms } = await measure();

  expect(requestsPerSecond).toBeGreaterThan(0);
  expect(p50Ms).toBeGreaterThan(0);
  expect(p99Ms).toBeGreaterThanOrEqual(p50Ms);
});

it('a single answer that is not 2xx fails the load by its status', async () => {
  statusOf = (request) => (request === 20 ? 429 : 200);

  const error = await measure().catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(BenchmarkError);
  expect((error as Error).message).toMatch(/^1 of \d+ responses of POST \/rooms\/r\/tokens were not 2xx/);
  expect((error as Error).message).toContain('1 times 429');
});

it('a request without an answer fails the load', async () => {
  statusOf = (request) => (request === 20 ? null : 200);
  await expect(measure()).rejects.toThrow('1 requests got none');
});

it('a server that answers nothing fails the load', async () => {
  statusOf = () => null;
  await expect(measure()).rejects.toThrow('POST /rooms/r/tokens gave no response in');
});

it('a request that is never answered fails the load although its connection stays open', async () => {
  statusOf = (request) => (request === 20 ? 'never' : 200);

  const error = await measure().catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(BenchmarkError);
  expect((error as Error).message).toContain(
    '1 of 10 connections waited more than 0.5 s for a response of POST /rooms/r/tokens',
  );
});

it('a load that only one connection carries fails, whatever its figures are', async () => {
  statusOf = (request) => (request > 20 && request < 30 ? 'never' : 200);
  await expect(measure()).rejects.toThrow('9 of 10 connections waited more than 0.5 s');
});
