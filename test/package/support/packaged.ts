import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** Made-up ids of a user pool and a room that exist already. */
export const EXISTING = {
  userPoolId: 'eu-west-1_Abc123456',
  userPoolClientId: '1example2client3id4abcde',
  roomId: 'AbCdEf123456',
};

const PROD = ['--stage', 'prod', '--param=allowedOrigin=https://chat.example.com'];
const ON = ['--param=reviewConcurrency=2', '--param=gatewayAuthorizer=on'];

/** What is packaged, and with which arguments. */
const PACKAGES = {
  dev: [],
  prod: PROD,
  /** With every part that a parameter adds. */
  everything: [...PROD, ...ON],
  existing: Object.entries(EXISTING).map(([name, value]) => `--param=${name}=${value}`),
  /** With every part that a parameter takes away. */
  'open and bare': [
    ...['--param=onFailure=allow', '--param=chatLogging=off', '--param=selfSignUp=on'],
    ...['--param=socketModeration=off', '--param=reviewReservedConcurrency=0'],
  ],
} satisfies Record<string, readonly string[]>;

declare module 'vitest' {
  export interface ProvidedContext {
    /** For each of PACKAGES its folder with the template and the zips, outside the repository. */
    packages: Readonly<Record<keyof typeof PACKAGES, string>>;
  }
}

/** The template that creates and updates the stack, in one of the folders of `packages`. */
export const templateFile = (folder: string): string =>
  join(folder, 'cloudformation-template-update-stack.json');

/**
 * Packages once for all files of the project, before any of them runs: osls collects zips in the repository's `.serverless`
 * before it moves them, so two at the same time would take each other's.
 *
 * @throws Error with what was printed when packaging fails.
 */
export default function setup(project: TestProject): () => void {
  const scratch = mkdtempSync(join(tmpdir(), 'roomkeeper-packages-'));
  const end = () => rmSync(scratch, { recursive: true });
  try {
    const folders = Object.entries(PACKAGES).map(([name, args]) => {
      const folder = join(scratch, name);
      packageInto(folder, args);
      return [name, folder];
    });
    project.provide('packages', Object.fromEntries(folders));
  } catch (error) {
    end();
    throw error;
  }
  return end;
}

function packageInto(folder: string, args: readonly string[]): void {
  const { status, output } = runPackage('--package', folder, ...args);
  if (status !== 0) throw new Error(`packaging failed:\n${output}`);
}

/** Runs `npm run package` as on a machine that has never seen AWS: no home, no credentials. */
export function runPackage(...args: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/package.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NODE_OPTIONS: process.env.NODE_OPTIONS },
  });
  return { status, output: stdout + stderr };
}
