import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { DEFAULT_KNOBS } from '../../../infra/local/gateway/options.ts';

it('PARITY.md names every knob', async () => {
  const text = await readFile(new URL('../../../infra/local/gateway/PARITY.md', import.meta.url), 'utf8');
  expect(text).toMatch(/^## HTTP API$/m);
  expect(text).toMatch(/^## Lambda$/m);
  for (const knob of Object.keys(DEFAULT_KNOBS)) expect(text).toContain(`\`${knob}\``);
});
