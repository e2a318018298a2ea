import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { checkTemplate, RULES } from '../../infra/guard/check-template.ts';
import { RESOURCE_TABLE } from '../../infra/guard/resource-table.ts';
import type { Damage, Damageable } from './support/defects/damage.ts';
import { DEFECTS } from './support/defects.ts';
import { templateFile } from './support/packaged.ts';

const scratch = mkdtempSync(join(tmpdir(), 'roomkeeper-guard-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const good = templateFile(inject('packages').everything);

/** @returns the names of the rules that find something in the good template after the damage. */
function rulesThatFind(damage: Damage): string[] {
  const template = JSON.parse(readFileSync(good, 'utf8')) as Damageable;
  damage(template);
  const file = join(scratch, 'template.json');
  writeFileSync(file, JSON.stringify(template));
  return checkTemplate(file).map(({ rule }) => rule);
}

describe('a packaged template', () => {
  it.each(Object.entries(inject('packages')))('%s: nothing is found', (_name, folder) => {
    expect(checkTemplate(templateFile(folder))).toEqual([]);
  });
});

describe('a seeded defect', () => {
  it.each(DEFECTS)('$what is found by $rule', ({ rule, damage }) => {
    expect(rulesThatFind(damage)).toContain(rule);
  });

  it('is there for every rule of our own', () => {
    const seeded = new Set(DEFECTS.map(({ rule }) => rule));

    expect(RULES.map(({ name }) => name).filter((name) => !seeded.has(name))).toEqual([]);
  });
});

describe('a type of resource', () => {
  const types = Object.entries(RESOURCE_TABLE);
  const due = types.filter(([, { count }]) => count[0] > 0);
  /** Rules that look at no type in particular. */
  const general = ['resources-are-complete', 'properties-are-known', 'resource-types-are-known'];

  it.each(due)('%s: is found missing by a rule of our own', (type) => {
    const found = rulesThatFind(({ Resources }) => {
      for (const [id, { Type }] of Object.entries(Resources)) if (Type === type) delete Resources[id];
    });

    expect(found).toContain('resources-are-complete');
  });

  it.each(types)('%s: is looked at by a rule of our own, which finds it empty', (type) => {
    const found = rulesThatFind(({ Resources }) => {
      for (const resource of Object.values(Resources)) if (resource.Type === type) resource.Properties = {};
    });

    expect(found.filter((rule) => !rule.startsWith('schema:') && !general.includes(rule))).not.toEqual([]);
  });
});

const linted = spawnSync('cfn-lint', ['--version']).status === 0;
const title = linted ? 'cfn-lint, as a second opinion' : 'SKIPPED: cfn-lint is not installed';

describe.skipIf(!linted)(title, () => {
  // W3005: dependencies that osls writes out although a reference already makes them.
  it.each(Object.entries(inject('packages')))('%s: nothing is found', (_name, folder) => {
    const { status, stdout, stderr } = spawnSync(
      'cfn-lint',
      ['--ignore-checks', 'W3005', '--', templateFile(folder)],
      {
        encoding: 'utf8',
      },
    );

    expect(status, stdout + stderr).toBe(0);
  });
});
