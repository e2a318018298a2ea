import { type Engine, RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import type { Finding } from './rule.ts';
import { at, type Template } from './template.ts';

/**
 * Findings of AWS's validator that say nothing about whether a template deploys as it is meant:
 * W3005 dependencies that osls writes out although a reference already makes them; W9003 numbers that are written as texts.
 */
const HARMLESS = new Set(['W3005', 'W9003']);

/** A reference to a resource that may not exist. In outputs the validator does not see the condition that guards it. */
const MAY_NOT_EXIST = 'W1001';

/** Compiling the validator's rules takes longer than checking a template. */
let engine: Engine | undefined;

/**
 * Checks a template against the schemas of its resource types: unknown and missing properties, types, enumerations,
 * references to nothing, circular dependencies. Warnings count: a misspelt enumeration value is one.
 *
 * @param file path of the template: the validator reads it itself.
 */
export function checkSchema(file: string, template: Template): Finding[] {
  engine ??= new RegoEngine();
  return engine
    .validateStandard(new TemplateFile(file))
    .diagnostics.filter(({ severity }) => severity !== 'INFO' && severity !== 'DEBUG')
    .filter(({ ruleId }) => !HARMLESS.has(ruleId))
    .filter(
      ({ ruleId, message, propertyPath }) =>
        ruleId !== MAY_NOT_EXIST || !isGuardedOutput(template, message, propertyPath ?? ''),
    )
    .map(({ ruleId, entity, message, propertyPath }) => ({
      rule: `schema:${ruleId}`,
      about: entity?.logicalId ?? 'template',
      problem: propertyPath ? `${message} (${propertyPath})` : message,
    }));
}

/**
 * @param message names the condition of the resource: `… is conditional on 'CreateRoom' …`.
 * @param path where the reference stands, as in `Outputs/RoomId/Value.Fn::If.1.Fn::GetAtt`.
 * @returns whether it stands in an output, where the resource's own condition holds.
 */
function isGuardedOutput(template: Template, message: string, path: string): boolean {
  const condition = /conditional on '(\w+)'/.exec(message)?.[1];
  const [, output = '', inside = ''] = /^Outputs\/(\w+)\/Value\.(.+)$/.exec(path) ?? [];
  let value = template.Outputs?.[output]?.Value;
  const keys = inside.split('.');
  return keys.some((key, index) => {
    value = at(value, key);
    return key === 'Fn::If' && keys[index + 1] === '1' && at(value, '0') === condition;
  });
}
