import { type Stack, startStack } from '../../../infra/local/stack.ts';
import { callApi, signIn } from '../../support/stack.ts';
import { BenchmarkError, type PartInput, type PartReport } from '../part.ts';
import { interleave } from '../rounds.ts';
import { median } from '../statistics.ts';
import { type Column, ratio, tableLines } from '../table.ts';
import { CONNECTIONS, type Load, type LoadFigures, load } from './load.ts';
import { writeServerlessFile } from './serverless-file.ts';

interface Row extends LoadFigures {
  readonly route: string;
}

/** Last parts of the routes, the reference first. */
const ROUTES = [
  { route: 'echo', path: 'bench-echo' },
  { route: 'CreateChatToken only', path: 'bench-create-chat-token' },
  { route: 'POST /rooms/{roomId}/tokens', path: 'tokens' },
] as const;

/** What the request asks for: a profile as a frontend sends it. */
const PROFILE = { displayName: 'Vi', color: '#336699' };

/** The token route against an echo on the same gateway, with the call to IVS Chat alone between them. */
export async function measureTokenRoute({ quick }: PartInput): Promise<PartReport> {
  const rounds = quick ? 3 : 5;
  const seconds = quick ? 1 : 3;
  const serverlessFile = await writeServerlessFile();
  // IVS Chat takes 200 CreateChatToken a second, and so does its stand-in unless it is told not to.
  const stack = await startStack({ portBase: 0, serverlessFile, ivsChatKnobs: { enforceRates: false } });
  try {
    const requestTo = await prepare(stack);
    const series = await interleave(ROUTES, rounds, ({ path }) => load({ ...requestTo(path), seconds }));
    const rows = series.map(({ target, figures }) => ({ route: target.route, ...medians(figures) }));
    return report(rows, `${rounds} interleaved rounds of ${seconds} s after one that is dropped`);
  } finally {
    await stack.close();
  }
}

/**
 * Signs a viewer in and lets every route start as many instances as the load will keep busy.
 *
 * @returns the request to a route, by its last part.
 */
async function prepare(stack: Stack): Promise<(path: string) => Omit<Load, 'seconds'>> {
  const { accessToken: token } = await signIn(stack, 'vi');
  const room = `/rooms/${stack.description.rooms[0]?.id}`;
  for (const { path } of ROUTES) {
    const calls = Array.from({ length: CONNECTIONS }, () =>
      callApi(stack, 'POST', `${room}/${path}`, { token, body: PROFILE }),
    );
    const refused = (await Promise.all(calls)).find(({ status }) => status < 200 || status > 299);
    if (refused) throw new BenchmarkError(`POST ${room}/${path} answers with ${refused.status}.`);
  }
  return (path) => ({
    url: `${stack.description.apiUrl}${room}/${path}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(PROFILE),
  });
}

function medians(figures: readonly LoadFigures[]): LoadFigures {
  const of = (name: keyof LoadFigures) => median(figures.map((figure) => figure[name]));
  return { requestsPerSecond: of('requestsPerSecond'), p50Ms: of('p50Ms'), p99Ms: of('p99Ms') };
}

function report(rows: readonly Row[], rounds: string): PartReport {
  const toEcho = (row: Row, name: keyof LoadFigures) => ratio(row[name], rows[0]?.[name] ?? Number.NaN);
  const columns: readonly Column<Row>[] = [
    { heading: 'route', cell: ({ route }) => route },
    { heading: 'requests', cell: ({ requestsPerSecond }) => `${requestsPerSecond.toFixed(0)} /s` },
    { heading: 'to echo', cell: (row) => toEcho(row, 'requestsPerSecond') },
    { heading: 'p50', cell: ({ p50Ms }) => `${p50Ms.toFixed(2)} ms` },
    { heading: 'to echo', cell: (row) => toEcho(row, 'p50Ms') },
    { heading: 'p99', cell: ({ p99Ms }) => `${p99Ms.toFixed(2)} ms` },
    { heading: 'to echo', cell: (row) => toEcho(row, 'p99Ms') },
  ];
  return {
    title: 'Token route',
    notes: [
      `${rounds}, ${CONNECTIONS} connections; medians of the rounds.`,
      'The functions run in worker threads of one process; gateway, stand-ins and the load itself share one thread beside them.',
      'The ratios are the result. They compare code on one machine and are no forecast for AWS.',
      'All three functions are bundled alike and have the same memory. Echo hands the body back. CreateChatToken only sends one',
      'request with the SDK to the stand-in of IVS Chat, whoever calls and whatever the body is. The token route sends such a',
      'request too; it also verifies the caller, checks request and answer, and writes a log line.',
    ],
    table: tableLines(columns, rows),
    figures: rows.map((row) => ({
      ...row,
      ratioOfRequestsToEcho: row.requestsPerSecond / (rows[0]?.requestsPerSecond ?? Number.NaN),
      ratioOfP50ToEcho: row.p50Ms / (rows[0]?.p50Ms ?? Number.NaN),
      ratioOfP99ToEcho: row.p99Ms / (rows[0]?.p99Ms ?? Number.NaN),
    })),
  };
}
