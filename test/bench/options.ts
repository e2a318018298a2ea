import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const USAGE = `npm run bench -- [options]
  --quick      fewer and shorter rounds: shows that it runs, not how fast anything is
  --only PART  import, token or review (default: all three)
  --json FILE  also writes the figures to FILE
  --help       this text`;

const PART_NAMES = ['import', 'token', 'review'] as const;
export type PartName = (typeof PART_NAMES)[number];

export interface BenchOptions {
  readonly quick: boolean;
  readonly help: boolean;
  readonly parts: readonly PartName[];
  /** Absolute path. */
  readonly jsonFile: string | null;
}

/** @throws TypeError whose message says what is wrong with the arguments. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const parts = PART_NAMES.filter((name) => values.only === undefined || values.only === name);
  if (parts.length === 0) throw new TypeError(`--only takes one of ${PART_NAMES.join(', ')}`);
  if (values.json === '') throw new TypeError('--json takes the name of a file');
  return {
    quick: values.quick,
    help: values.help,
    parts,
    jsonFile: values.json === undefined ? null : resolve(values.json),
  };
}
