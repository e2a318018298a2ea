import { FUNCTION_ENVIRONMENT } from '../function-environment.ts';
import type { PartInput, PartReport } from '../part.ts';
import { interleave } from '../rounds.ts';
import { median } from '../statistics.ts';
import { type Column, ratio, tableLines } from '../table.ts';
import { type MessageSet, messageSets } from './messages.ts';
import { refuseUnreviewed } from './refuse-unreviewed.ts';
import { withSilentConsole } from './silent-console.ts';
import { type ReviewHandler, timeBatch, timeP99 } from './time-calls.ts';

interface Row {
  readonly messages: string;
  readonly meanUs: number;
  readonly p99Us: number;
  readonly allowAllMeanUs: number;
}

/** What of a row one target measures. */
interface Target extends MessageSet {
  readonly figure: Exclude<keyof Row, 'messages'>;
  readonly measure: (events: readonly unknown[], calls: number) => Promise<number>;
}

const bundle = new URL('../../../dist/review-message/index.mjs', import.meta.url);
/** At least; every message of a set is called equally often. */
const CALLS_PER_ROUND = 1_000;

const microseconds = (value: number) => `${value.toFixed(2)} µs`;

const COLUMNS: readonly Column<Row>[] = [
  { heading: 'messages', cell: ({ messages }) => messages },
  { heading: 'mean', cell: ({ meanUs }) => microseconds(meanUs) },
  { heading: 'p99', cell: ({ p99Us }) => microseconds(p99Us) },
  { heading: 'allow-all: mean', cell: ({ allowAllMeanUs }) => microseconds(allowAllMeanUs) },
  {
    heading: 'mean less allow-all',
    cell: ({ meanUs, allowAllMeanUs }) => microseconds(meanUs - allowAllMeanUs),
  },
  { heading: 'mean to mean', cell: ({ meanUs, allowAllMeanUs }) => ratio(meanUs, allowAllMeanUs) },
];

const allowAll: ReviewHandler = async (event) => ({
  ReviewResult: 'ALLOW',
  Content: (event as { Content: string }).Content,
});

/** The review handler's own time a message, against a handler that allows everything. */
export async function measureReview({ quick }: PartInput): Promise<PartReport> {
  const rounds = quick ? 3 : 21;
  const sets = messageSets();
  Object.assign(process.env, FUNCTION_ENVIRONMENT);
  const { handler } = (await import(bundle.href)) as { handler: ReviewHandler };
  const series = await withSilentConsole(async () => {
    await refuseUnreviewed(handler, sets);
    return interleave(
      sets.flatMap((set) => targetsOf(set, handler)),
      rounds,
      ({ measure, events }) => measure(events, Math.ceil(CALLS_PER_ROUND / events.length) * events.length),
    );
  });
  const rows = sets.map(({ messages }) => {
    const medianOf = (figure: Target['figure']) =>
      median(
        series.find(({ target }) => target.messages === messages && target.figure === figure)?.figures ?? [],
      );
    return {
      messages,
      meanUs: medianOf('meanUs'),
      p99Us: medianOf('p99Us'),
      allowAllMeanUs: medianOf('allowAllMeanUs'),
    };
  });
  return report(rows, rounds);
}

function targetsOf(set: MessageSet, handler: ReviewHandler): readonly Target[] {
  return [
    { ...set, figure: 'meanUs', measure: (events, calls) => timeBatch(handler, events, calls) },
    { ...set, figure: 'p99Us', measure: (events, calls) => timeP99(handler, events, calls) },
    { ...set, figure: 'allowAllMeanUs', measure: (events, calls) => timeBatch(allowAll, events, calls) },
  ];
}

function report(rows: readonly Row[], rounds: number): PartReport {
  return {
    title: 'Review handler',
    notes: [
      `${rounds} interleaved rounds after one that is dropped, at least ${CALLS_PER_ROUND} calls each; medians of the rounds.`,
      'The built bundle is called in this process, one message at a time; IVS Chat, Lambda and the network are not in it.',
      'Its log line is formatted and written to a stream that drops it; the handler that allows everything writes none.',
      'A mean is the time of all calls of a round, with the clock read once before and once after them; for p99 they are made',
      'again, each timed by itself. Allowing everything takes little more than the call, so that any work is many times that:',
      'what a review takes is the difference; the ratio only grows with it.',
    ],
    table: tableLines(COLUMNS, rows),
    figures: rows.map((row) => ({
      ...row,
      differenceOfMeansUs: row.meanUs - row.allowAllMeanUs,
      ratioOfMeans: row.meanUs / row.allowAllMeanUs,
    })),
  };
}
