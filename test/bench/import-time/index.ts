import { FUNCTION_ENVIRONMENT } from '../function-environment.ts';
import type { PartInput, PartReport } from '../part.ts';
import { interleave } from '../rounds.ts';
import { median } from '../statistics.ts';
import { type Column, ratio, tableLines } from '../table.ts';
import { type Bundle, emptyBundle, functionBundles } from './bundles.ts';
import { importOnce } from './import-once.ts';

interface Row extends Bundle {
  readonly importMs: number;
  readonly emptyMs: number;
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

const COLUMNS: readonly Column<Row>[] = [
  { heading: 'function', cell: ({ name }) => name },
  { heading: 'import, median', cell: ({ importMs }) => `${importMs.toFixed(2)} ms` },
  { heading: 'to empty', cell: ({ importMs, emptyMs }) => ratio(importMs, emptyMs) },
  { heading: 'read at import', cell: ({ importedBytes }) => kilobytes(importedBytes) },
  { heading: 'shipped', cell: ({ shippedBytes }) => kilobytes(shippedBytes) },
];

/** Import time and size of every function's bundle, against a handler that does nothing. */
export async function measureImports({ quick, metafiles }: PartInput): Promise<PartReport> {
  const rounds = quick ? 3 : 21;
  const bundles = [await emptyBundle(), ...(await functionBundles(metafiles))];
  const series = await interleave(bundles, rounds, ({ file }) => importOnce(file, FUNCTION_ENVIRONMENT));
  const measured = series.map(({ target, figures }) => ({ ...target, importMs: median(figures) }));
  const emptyMs = measured[0]?.importMs ?? Number.NaN;
  const rows = measured.map((row) => ({ ...row, emptyMs }));
  return report(rows, rounds);
}

function report(rows: readonly Row[], rounds: number): PartReport {
  return {
    title: 'Import of each function',
    notes: [
      `${rounds} interleaved rounds after one that is dropped; each import in a fresh process, import() alone is timed.`,
      'Built-ins that the Lambda runtime client loads are loaded before. Sizes are bytes of .mjs, before compression.',
      'What an instance costs beside this, on AWS above all, is not in it.',
    ],
    table: tableLines(COLUMNS, rows),
    figures: rows.map(({ name, importMs, emptyMs, importedBytes, shippedBytes }) => ({
      function: name,
      importMs,
      ratioToEmpty: importMs / emptyMs,
      importedBytes,
      shippedBytes,
    })),
  };
}
