import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * One project per kind of proof (CONTRIBUTING.md, "Kinds of test"). `npm test` runs all but `package`, which is slow, and
 * `cli` and `browser`, which need programs that npm does not bring (the AWS CLI, Chromium); `.ci/run` runs those too.
 */
const project = (name: string, extra: Record<string, unknown> = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: 15_000,
    hookTimeout: 30_000,
    ...extra,
  },
});

const builtFunctions = { globalSetup: ['test/support/built-functions.ts'] };

export default defineConfig({
  test: {
    // The messaging client writes every frame to the console: only the output of a failed test is of interest.
    silent: 'passed-only',
    // More than there are cores: much of the tests' time is waiting, for faults to time out above all.
    maxWorkers: availableParallelism() + 1,
    projects: [
      project('unit'),
      project('properties', { testTimeout: 60_000 }),
      project('contract', builtFunctions),
      project('functions', builtFunctions),
      project('package', { hookTimeout: 120_000, globalSetup: ['test/package/support/packaged.ts'] }),
      project('cli', { ...builtFunctions, testTimeout: 60_000 }),
      project('browser', { ...builtFunctions, testTimeout: 60_000 }),
    ],
  },
});
