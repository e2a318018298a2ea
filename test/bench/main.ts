import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { build } from '../../infra/build.ts';
import { measureImports } from './import-time/index.ts';
import { refuseUnwritable } from './json-file.ts';
import { type BenchOptions, type PartName, readOptions, USAGE } from './options.ts';
import type { PartInput, PartReport } from './part.ts';
import { measureReview } from './review-handler/index.ts';
import { measureTokenRoute } from './token-route/index.ts';

const PARTS: Readonly<Record<PartName, (input: PartInput) => Promise<PartReport>>> = {
  import: measureImports,
  token: measureTokenRoute,
  review: measureReview,
};

function optionsOrEnd(): BenchOptions {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

function print({ title, notes, table }: PartReport): void {
  console.log(['', title, ...notes.map((note) => `  ${note}`), '', ...table].join('\n'));
}

async function run({ quick, parts, jsonFile }: BenchOptions): Promise<void> {
  if (jsonFile) await refuseUnwritable(jsonFile);
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model.trim() ?? 'unknown CPU',
    cores: availableParallelism(),
  };
  console.log(`Node ${machine.node}, ${machine.cpu}, ${machine.cores} cores${quick ? ', --quick' : ''}`);
  const metafiles = await build();
  const measured: Partial<Record<PartName, Pick<PartReport, 'title' | 'figures'>>> = {};
  for (const name of parts) {
    console.error(`measuring: ${name} …`);
    const report = await PARTS[name]({ quick, metafiles });
    print(report);
    measured[name] = { title: report.title, figures: report.figures };
  }
  if (jsonFile) await writeFile(jsonFile, `${JSON.stringify({ ...machine, quick, ...measured }, null, 2)}\n`);
}

const options = optionsOrEnd();
if (options.help) console.log(USAGE);
else {
  try {
    await run(options);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
