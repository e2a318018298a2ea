import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The fast checks: name → program of node_modules and its arguments. */
const CHECKS: readonly (readonly [name: string, program: string, ...args: string[]])[] = [
  ['types', 'typescript/bin/tsc', '-p', '.'],
  ['types of the browser test page', 'typescript/bin/tsc', '-p', 'test/browser/page'],
  ['format and lint', '@biomejs/biome/bin/biome', 'ci', '--colors=off', '--error-on-warnings'],
  ['unused files, exports and packages', 'knip/bin/knip.js', '--no-progress'],
];

const failed = CHECKS.filter(([name, program, ...args]) => {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  return status !== 0;
});
process.exit(failed.length === 0 ? 0 : 1);
