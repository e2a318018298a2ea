import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleOptions, publish } from '../../../infra/build.ts';
import { eventWith } from './reviewer.ts';

/** Budget: what is loaded while IVS waits 200 ms for the first answer of an instance. */
const MAXIMUM_BUNDLE_BYTES = 220_000;

let folder: string;
let metafile: Metafile;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roomkeeper-review-bundle-'));
  const result = await build(await bundleOptions('review-message', folder));
  ({ metafile } = result);
  await publish(result.outputFiles);
});

afterAll(async () => rm(folder, { recursive: true, force: true }));

/** Loads the bundle in a process of its own, as Lambda does. */
function invoke(event: unknown, environment: Record<string, string>) {
  const program = `
    const { handler } = await import(${JSON.stringify(join(folder, 'index.mjs'))});
    process.stdout.write('\\n' + JSON.stringify(await handler(${JSON.stringify(event)})));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    env: environment,
    encoding: 'utf8',
  });
  const lines = stdout.split('\n').filter(Boolean);
  return { status, stderr, log: lines.slice(0, -1), answer: JSON.parse(lines.at(-1) ?? 'null') as unknown };
}

const ENVIRONMENT = { AWS_REGION: 'eu-west-1', ACCOUNT_ID: '123456789012', ON_FAILURE: 'deny' };

describe('the bundle of review-message', () => {
  it('holds neither an AWS SDK nor zod nor middy', () => {
    const packages = Object.keys(metafile.inputs)
      .map((file) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1])
      .filter((name) => name !== undefined);
    expect([...new Set(packages)].sort()).toEqual(['tldts', 'tldts-core']);
  });

  it('is small', () => {
    const code = Object.entries(metafile.outputs).filter(([file]) => file.endsWith('.mjs'));
    const bytes = code.reduce((sum, [, output]) => sum + output.bytes, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThanOrEqual(MAXIMUM_BUNDLE_BYTES);
  });

  it('answers a review request and writes one log line', () => {
    const { answer, log } = invoke(eventWith({ Content: 'oh sh1t' }), ENVIRONMENT);

    expect(answer).toEqual({ ReviewResult: 'ALLOW', Content: 'oh ****' });
    expect(log.map((line) => JSON.parse(line))).toMatchObject([
      {
        event: 'review',
        roomId: 'AbCdEfGhIjKl',
        decision: 'ALLOW',
        code: null,
        latencyMs: expect.any(Number),
      },
    ]);
  });

  it('knows its own account and region from the environment', () => {
    const { answer } = invoke(eventWith(), { ...ENVIRONMENT, ACCOUNT_ID: '210987654321' });
    expect(answer).toMatchObject({ ReviewResult: 'DENY', Attributes: { Reason: 'invalid' } });
  });

  it('does not start with a wrong environment', () => {
    const { status, stderr } = invoke(eventWith(), { ...ENVIRONMENT, ON_FAILURE: 'maybe' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('ON_FAILURE');
  });
});
