import { eventWith } from '../../unit/review-message/reviewer.ts';
import { FUNCTION_ENVIRONMENT } from '../function-environment.ts';
import { BenchmarkError, type PartInput, type PartReport } from '../part.ts';
import { interleave } from '../rounds.ts';
import { median } from '../statistics.ts';
import { type Column, ratio, tableLines } from '../table.ts';
import { messageSets } from './messages.ts';
import { withSilentConsole } from './silent-console.ts';
import { type CallFigures, type ReviewHandler, timeCalls } from './time-calls.ts';

interface Row {
  readonly messages: string;
  readonly handler: CallFigures;
  readonly allowAll: CallFigures;
}

const bundle = new URL('../../../dist/review-message/index.mjs', import.meta.url);
/** At least; every message of a set is called equally often. */
const CALLS_PER_ROUND = 1_000;

const microseconds = (value: number) => `${value.toFixed(2)} µs`;

const COLUMNS: readonly Column<Row>[] = [
  { heading: 'messages', cell: ({ messages }) => messages },
  { heading: 'mean', cell: ({ handler }) => microseconds(handler.meanUs) },
  { heading: 'p99', cell: ({ handler }) => microseconds(handler.p99Us) },
  { heading: 'allow-all: mean', cell: ({ allowAll }) => microseconds(allowAll.meanUs) },
  { heading: 'p99', cell: ({ allowAll }) => microseconds(allowAll.p99Us) },
  { heading: 'mean to mean', cell: ({ handler, allowAll }) => ratio(handler.meanUs, allowAll.meanUs) },
];

const allowAll: ReviewHandler = async (event) => ({
  ReviewResult: 'ALLOW',
  Content: (event as { Content: string }).Content,
});

/** The review handler's own time a message, against a handler that allows everything. */
export async function measureReview({ quick }: PartInput): Promise<PartReport> {
  const rounds = quick ? 3 : 21;
  const handler = await loadHandler();
  const targets = messageSets().flatMap((set) => [
    { ...set, kind: 'handler' as const, call: handler },
    { ...set, kind: 'allowAll' as const, call: allowAll },
  ]);
  const series = await withSilentConsole(() =>
    interleave(targets, rounds, ({ call, events }) =>
      timeCalls(call, events, Math.ceil(CALLS_PER_ROUND / events.length) * events.length),
    ),
  );
  const figuresOf = (messages: string, kind: 'handler' | 'allowAll'): CallFigures => {
    const found = series.find(({ target }) => target.messages === messages && target.kind === kind);
    return medians(found?.figures ?? []);
  };
  const rows = messageSets().map(({ messages }) => ({
    messages,
    handler: figuresOf(messages, 'handler'),
    allowAll: figuresOf(messages, 'allowAll'),
  }));
  return report(rows, rounds);
}

/** @throws BenchmarkError when it denies a harmless message: one that denies whatever comes is fast. */
async function loadHandler(): Promise<ReviewHandler> {
  Object.assign(process.env, FUNCTION_ENVIRONMENT);
  const { handler } = (await import(bundle.href)) as { handler: ReviewHandler };
  const harmless = eventWith({ Content: 'hello' });
  const answer = await withSilentConsole(() => handler(harmless));
  if ((answer as { ReviewResult?: unknown }).ReviewResult === 'ALLOW') return handler;
  throw new BenchmarkError(`The review handler answers "hello" with ${JSON.stringify(answer)}.`);
}

function medians(figures: readonly CallFigures[]): CallFigures {
  return {
    meanUs: median(figures.map(({ meanUs }) => meanUs)),
    p99Us: median(figures.map(({ p99Us }) => p99Us)),
  };
}

function report(rows: readonly Row[], rounds: number): PartReport {
  return {
    title: 'Review handler',
    notes: [
      `${rounds} interleaved rounds after one that is dropped, at least ${CALLS_PER_ROUND} calls each; medians of the rounds.`,
      'The built bundle is called in this process, one message at a time; IVS Chat, Lambda and the network are not in it.',
      'Its log line is formatted and written to a stream that drops it; the handler that allows everything writes none.',
    ],
    table: tableLines(COLUMNS, rows),
    figures: rows.map(({ messages, handler, allowAll }) => ({
      messages,
      meanUs: handler.meanUs,
      p99Us: handler.p99Us,
      allowAllMeanUs: allowAll.meanUs,
      allowAllP99Us: allowAll.p99Us,
      ratioOfMeans: handler.meanUs / allowAll.meanUs,
    })),
  };
}
