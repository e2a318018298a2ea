import type { Metafile } from 'esbuild';

/** What a part of the benchmark gets. */
export interface PartInput {
  /** Fewer and shorter rounds: shows that the benchmark runs, not how fast anything is. */
  readonly quick: boolean;
  /** esbuild's account of each function's bundle, by the function's name. */
  readonly metafiles: Readonly<Record<string, Metafile>>;
}

/** What a part has measured. */
export interface PartReport {
  readonly title: string;
  /** How it was measured, and what it does not say. */
  readonly notes: readonly string[];
  readonly table: readonly string[];
  /** The table's figures for programs; names end in their unit. */
  readonly figures: readonly Readonly<Record<string, string | number>>[];
}

/** What was to be measured did not work, so that its time would mean nothing. */
export class BenchmarkError extends Error {
  override readonly name = 'BenchmarkError';
}
