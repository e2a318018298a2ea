import { type Engine, RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import type { Finding } from './rule.ts';

/**
 * Findings of AWS's validator that say nothing about whether a template deploys as it is meant:
 * W3005 dependencies that osls writes out although a reference already makes them; W9003 numbers that are written as texts.
 */
const HARMLESS = new Set(['W3005', 'W9003']);

/** W1001, a reference to a resource that may not exist, does not see in Outputs the condition that guards it. */
const HARMLESS_IN_OUTPUTS = 'W1001';

/** Compiling the validator's rules takes longer than checking a template. */
let engine: Engine | undefined;

/**
 * Checks a template against the schemas of its resource types: unknown and missing properties, types, enumerations,
 * references to nothing, circular dependencies. Warnings count: a misspelt enumeration value is one.
 *
 * @param file path of the template.
 */
export function checkSchema(file: string): Finding[] {
  engine ??= new RegoEngine();
  return engine
    .validateStandard(new TemplateFile(file))
    .diagnostics.filter(({ severity }) => severity !== 'INFO' && severity !== 'DEBUG')
    .filter(({ ruleId }) => !HARMLESS.has(ruleId))
    .filter(({ ruleId, entity }) => !(ruleId === HARMLESS_IN_OUTPUTS && entity?.entityType === 'Output'))
    .map(({ ruleId, entity, message, propertyPath }) => ({
      rule: `schema:${ruleId}`,
      about: entity?.logicalId ?? 'template',
      problem: propertyPath ? `${message} (${propertyPath})` : message,
    }));
}
