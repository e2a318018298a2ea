import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { RULES } from '../../../infra/guard/check-template.ts';
import { IAM_TABLE } from '../../../infra/guard/iam-table.ts';
import { PARAMETERS } from '../../../infra/package-parameters.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const page = readFileSync(join(root, 'docs/template.md'), 'utf8');

/** @returns the cells of the rows of the first table under a heading, backticks removed. */
function rowsUnder(heading: string): string[][] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(1).map((row) =>
    row
      .replaceAll('`', '')
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('docs/template.md', () => {
  it('has the permissions of the IAM table', () => {
    const declared = IAM_TABLE.map((row) => [row.function, row.action, row.resource]);

    expect(rowsUnder('Permissions')).toEqual(declared);
  });

  it('has every rule', () => {
    expect(rowsUnder('Rules').map(([name]) => name)).toEqual(RULES.map(({ name }) => name));
  });

  it('has every parameter of serverless.yml, and `npm run package` knows them', () => {
    const { params } = parse(readFileSync(join(root, 'serverless.yml'), 'utf8'), { logLevel: 'error' }) as {
      params: Record<string, Record<string, string>>;
    };
    const declared = new Set(Object.values(params).flatMap((values) => Object.keys(values)));
    const documented = rowsUnder('Parameters').flatMap(([names = '']) => names.split(', '));

    expect(documented.sort()).toEqual([...declared].sort());
    expect(Object.keys(PARAMETERS).sort()).toEqual([...declared].sort());
  });
});
