import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { httpEvent, reviewEvent } from './support/events.ts';
import { startFunction, unpackFunction } from './support/start-function.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

interface Example {
  readonly event: unknown;
  /** What the handler's result must hold. */
  readonly payload: object;
}

const pathParameters = { roomId: 'AbCdEf123456' };
const refused = {
  statusCode: 401,
  headers: { 'content-type': 'application/problem+json; charset=utf-8' },
  body: expect.stringContaining('"code":"no-credentials"'),
};

/** For each function an event that it answers without any other service. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  tokens: { event: httpEvent('POST /rooms/{roomId}/tokens', { pathParameters, body: {} }), payload: refused },
  moderation: {
    event: httpEvent('POST /rooms/{roomId}/events', { pathParameters, body: { eventName: 'poll' } }),
    payload: refused,
  },
  'review-message': {
    event: reviewEvent('good evening'),
    payload: { ReviewResult: 'ALLOW', Content: 'good evening' },
  },
  health: {
    event: httpEvent('GET /health'),
    payload: { statusCode: 200, body: JSON.stringify({ status: 'ok', version }) },
  },
};

function exampleOf(name: string): Example {
  const example = EXAMPLES[name];
  if (!example) throw new Error(`no event is known for the function ${name}: add one to EXAMPLES`);
  return example;
}

/** A line of the log as Lambda's runtime frames it: time, request id, level, message. */
const LOG_LINE = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t([0-9a-f-]{36})\tINFO\t(\{.*\})$/;

const { functions } = parse(readFileSync(join(root, 'serverless.yml'), 'utf8'), { logLevel: 'error' }) as {
  functions: Record<string, unknown>;
};

describe.each(Object.keys(functions))('the zip of %s', (name) => {
  it('answers one event after the other in one process, and logs each as one line of JSON', async () => {
    const { event, payload } = exampleOf(name);
    const running = await startFunction(name);

    expect(await running.invoke(event)).toMatchObject({ payload });
    expect(await running.invoke(event)).toMatchObject({ payload });

    const lines = (await running.stop()).map((line) => LOG_LINE.exec(line) ?? [line]);
    expect(lines.map(([, , entry]) => JSON.parse(entry ?? 'null'))).toEqual([
      expect.objectContaining({ event: expect.any(String), latencyMs: expect.any(Number) }),
      expect.objectContaining({ event: expect.any(String), latencyMs: expect.any(Number) }),
    ]);
    expect(new Set(lines.map(([, requestId]) => requestId)).size).toBe(2);
  });

  it('starts and answers without reading a file outside itself', async () => {
    const { event, payload } = exampleOf(name);
    const running = await startFunction(name, { readsOnlyItsZip: true });

    expect(await running.invoke(event)).toMatchObject({ payload });
  });

  it('has every module that it imports, also those that it would import later', async () => {
    const folder = unpackFunction(name);
    const entryPoints = [join(folder, `dist/${name}/index.mjs`)];

    const bundled = build({
      entryPoints,
      bundle: true,
      platform: 'node',
      format: 'esm',
      write: false,
      logLevel: 'silent',
      outdir: folder,
    });

    await expect(bundled).resolves.toMatchObject({ errors: [], warnings: [] });
  });
});
