import { arnOf, ROOM } from '../due-values.ts';
import { IAM_TABLE, type Permission } from '../iam-table.ts';
import { render } from '../render.ts';
import type { Problem, Rule } from '../rule.ts';
import { at, functionsOf, list, type Named, ofType, type Template } from '../template.ts';

const ROOM_ARN = `${arnOf('ivschat')}:room/${ROOM}`;

/** The role of a function, by the one reference that makes it so. */
export function roleOf(template: Template, reference: unknown): Named | undefined {
  return ofType(template, 'AWS::IAM::Role').find(({ id }) => render(reference) === `\${${id}.Arn}`);
}

/** The permissions of every function's role are those of the table. That it can be read as one: `policies-are-plain`. */
export const iamEqualsTheTable: Rule = {
  name: 'iam-equals-the-table',
  *check(template) {
    for (const { key, id, properties } of functionsOf(template)) {
      const role = roleOf(template, properties.Role);
      if (!role) {
        yield [id, 'has no role of its own in this template'];
        continue;
      }
      const granted = permissionsOf(role);
      const declared = IAM_TABLE.filter((permission) => permission.function === key).map((permission) =>
        written(permission, String(properties.FunctionName)),
      );
      if (declared.length === 0) yield [id, `is ${key}, of which infra/guard/iam-table.ts says nothing`];
      for (const one of granted)
        if (!declared.includes(one))
          yield [role.id, `grants ${one}, which infra/guard/iam-table.ts does not declare`];
      for (const one of declared)
        if (!granted.includes(one)) yield [role.id, `lacks ${one}, which infra/guard/iam-table.ts declares`];
    }
    yield* staleRows(template);
  },
};

function permissionsOf({ properties }: Named): readonly string[] {
  return list(properties.Policies)
    .flatMap((policy) => list(at(policy, 'PolicyDocument', 'Statement')))
    .flatMap((statement) =>
      list(at(statement, 'Action')).flatMap((action) =>
        list(at(statement, 'Resource')).map((resource) => `${render(action)} on ${render(resource)}`),
      ),
    );
}

function written({ action, resource }: Permission, functionName: string): string {
  const arn = resource === 'room' ? ROOM_ARN : `${arnOf('logs')}:log-group:/aws/lambda/${functionName}:*`;
  return `${action} on ${arn}`;
}

/** Rows for functions that are gone would grant something again when a function of that name comes back. */
function* staleRows(template: Template): Iterable<Problem> {
  const keys = new Set(functionsOf(template).map(({ key }) => key));
  for (const key of new Set(IAM_TABLE.map((permission) => permission.function))) {
    if (!keys.has(key))
      yield ['infra/guard/iam-table.ts', `declares permissions of ${key}, which is no function`];
  }
}
