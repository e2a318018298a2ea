import { IAM_TABLE, type Permission } from '../iam-table.ts';
import type { Problem, Rule } from '../rule.ts';
import { at, functionsOf, list, type Named, ofType, render, type Template } from '../template.ts';

const ROLE = 'AWS::IAM::Role';
const PARTITION_TO_ACCOUNT = (service: string) =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}`;
const ROOM_ARN = `${PARTITION_TO_ACCOUNT('ivschat')}:room/if(CreateRoom; \${Room.Id}; \${ExistingRoomId})`;

/** Ways to grant something that the comparison with the table would not see. */
const OTHER_GRANTS =
  /^AWS::(?:IAM::(?:Policy|ManagedPolicy|RolePolicy|UserPolicy|GroupPolicy|User|AccessKey)|DynamoDB::.*Policy)$/;
const ROLE_PROPERTIES = new Set(['AssumeRolePolicyDocument', 'Policies']);
const STATEMENT_KEYS = new Set(['Effect', 'Action', 'Resource']);

const TRUST_OF_LAMBDA = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** The permissions of every function's role are those of the table, and no role has another way to more. */
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
      for (const one of granted)
        if (!declared.includes(one))
          yield [role.id, `grants ${one}, which infra/guard/iam-table.ts does not declare`];
      for (const one of declared)
        if (!granted.includes(one)) yield [role.id, `lacks ${one}, which infra/guard/iam-table.ts declares`];
    }
    yield* staleRows(template);
  },
};

/** Roles are plain enough to be read as a table: one a function, Allow statements, Lambda alone may take them. */
export const iamRolesArePlain: Rule = {
  name: 'iam-roles-are-plain',
  *check(template) {
    const users = functionsOf(template).map(({ properties }) => roleOf(template, properties.Role)?.id);
    for (const role of ofType(template, ROLE)) {
      const count = users.filter((id) => id === role.id).length;
      if (count !== 1) yield [role.id, `is the role of ${count} functions; each function has one of its own`];
      yield* plainness(role);
    }
    for (const [id, { Type }] of Object.entries(template.Resources)) {
      if (OTHER_GRANTS.test(Type))
        yield [id, `${Type} grants outside of the roles; write it into the function's role`];
    }
  },
};

function* plainness({ id, properties }: Named): Iterable<Problem> {
  for (const name of Object.keys(properties)) {
    if (!ROLE_PROPERTIES.has(name)) yield [id, `has ${name}; permissions stand in Policies only`];
  }
  if (JSON.stringify(properties.AssumeRolePolicyDocument) !== TRUST_OF_LAMBDA) {
    yield [id, 'may be taken by others than lambda.amazonaws.com'];
  }
  for (const statement of statementsOf(properties)) {
    const foreign = Object.keys(statement as object).find((name) => !STATEMENT_KEYS.has(name));
    if (foreign) yield [id, `has a statement with ${foreign}; only Effect, Action and Resource are used`];
    if (at(statement, 'Effect') !== 'Allow') yield [id, 'has a statement that is no Allow'];
    for (const action of list(at(statement, 'Action'))) {
      if (String(action).includes('*')) yield [id, `allows ${action}; actions are written out`];
    }
    for (const resource of list(at(statement, 'Resource'))) {
      if (render(resource) === '*') yield [id, 'allows every resource; resources are written out'];
    }
  }
}

function roleOf(template: Template, reference: unknown): Named | undefined {
  const [id] = list(at(reference, 'Fn::GetAtt'));
  return ofType(template, ROLE).find((role) => role.id === id);
}

function statementsOf(properties: Named['properties']): readonly unknown[] {
  return list(properties.Policies).flatMap((policy) => list(at(policy, 'PolicyDocument', 'Statement')));
}

function permissionsOf({ properties }: Named): readonly string[] {
  return statementsOf(properties).flatMap((statement) =>
    list(at(statement, 'Action')).flatMap((action) =>
      list(at(statement, 'Resource')).map((resource) => `${action} on ${render(resource)}`),
    ),
  );
}

function written({ action, resource }: Permission, functionName: string): string {
  const arn =
    resource === 'room'
      ? ROOM_ARN
      : `${PARTITION_TO_ACCOUNT('logs')}:log-group:/aws/lambda/${functionName}:*`;
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
