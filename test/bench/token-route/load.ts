import autocannon from 'autocannon';
import { BenchmarkError } from '../part.ts';
import { percentile } from '../statistics.ts';

/** A request that is sent over and over. */
export interface Load {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly seconds: number;
}

/** What a load has measured. */
export interface LoadFigures {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Requests that are on their way at any time. */
export const CONNECTIONS = 10;

/** @throws BenchmarkError when a response is not 2xx, does not come, or is awaited for half of the load when it ends. */
export async function load({ seconds, url, ...request }: Load): Promise<LoadFigures> {
  const latencies: number[] = [];
  const sentAt = new Map<autocannon.Client, number>();
  const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>();
  const instance = autocannon(
    {
      ...request,
      url,
      method: 'POST',
      connections: CONNECTIONS,
      duration: seconds,
      setupClient: (client) => void sentAt.set(client, performance.now()),
    },
    (error, result) => (error ? reject(error) : resolve(result)),
  );
  // Autocannon's own percentiles are whole milliseconds.
  instance.on('response', (client, _status, _bytes, milliseconds) => {
    latencies.push(milliseconds);
    // Its next request leaves at once.
    sentAt.set(client, performance.now());
  });
  const result = await promise;
  refuseErrors(result, latencies.length);
  refuseHanging(result, [...sentAt.values()], seconds / 2);
  return {
    requestsPerSecond: latencies.length / result.duration,
    p50Ms: percentile(latencies, 50),
    p99Ms: percentile(latencies, 99),
  };
}

function refuseErrors(result: autocannon.Result, responses: number): void {
  const { url, non2xx, errors, requests, statusCodeStats = {} } = result;
  // A connection that the server ends is opened anew without an error; at the end one request is on its way on each.
  const unanswered = Math.max(errors, requests.sent - responses - CONNECTIONS);
  if (non2xx === 0 && unanswered === 0 && responses > 0) return;
  const path = new URL(url).pathname;
  if (responses === 0) throw new BenchmarkError(`POST ${path} gave no response in ${result.duration} s.`);
  const statuses = Object.entries(statusCodeStats).map(
    ([status, { count = 0 }]) => `${count} times ${status}`,
  );
  throw new BenchmarkError(
    `${non2xx} of ${responses} responses of POST ${path} were not 2xx and ${unanswered} requests got none ` +
      `(${statuses.join(', ') || 'no status'}). A benchmark of errors is none.`,
  );
}

/**
 * A connection whose request hangs takes no part in the load, and leaves more of the machine to the others. Autocannon's own
 * timeout is no shorter than a second, which a short load does not last either.
 */
function refuseHanging({ url }: autocannon.Result, sentAt: readonly number[], limitSeconds: number): void {
  const now = performance.now();
  const hanging = sentAt.filter((sent) => now - sent > limitSeconds * 1000).length;
  if (hanging === 0) return;
  throw new BenchmarkError(
    `${hanging} of ${CONNECTIONS} connections waited more than ${limitSeconds} s for a response of POST ` +
      `${new URL(url).pathname} when the load ended. A connection that waits takes no part in it.`,
  );
}
