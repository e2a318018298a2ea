import { isDeepStrictEqual } from 'node:util';
import { render } from '../render.ts';
import type { Problem, Rule } from '../rule.ts';
import { at, functionsOf, list, ofType } from '../template.ts';
import { roleOf } from './iam.ts';

const TRUST_OF_LAMBDA = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** One role a function, which Lambda alone may take. Grants beside roles are types that are not known. */
export const iamRolesArePlain: Rule = {
  name: 'iam-roles-are-plain',
  *check(template) {
    const users = functionsOf(template).map(({ properties }) => roleOf(template, properties.Role)?.id);
    for (const { id, properties } of ofType(template, 'AWS::IAM::Role')) {
      const count = users.filter((user) => user === id).length;
      if (count !== 1) yield [id, `is the role of ${count} functions; each function has one of its own`];
      if (!isDeepStrictEqual(properties.AssumeRolePolicyDocument, TRUST_OF_LAMBDA))
        yield [id, 'may be taken by others than lambda.amazonaws.com'];
    }
  },
};

/** Policies can be read as a table: Allow statements with actions and resources written out, and nothing that hides one. */
export const policiesArePlain: Rule = {
  name: 'policies-are-plain',
  *check(template) {
    for (const { id, properties } of ofType(template, 'AWS::IAM::Role')) {
      for (const policy of list(properties.Policies)) {
        if (!hasExactly(policy, 'PolicyName', 'PolicyDocument'))
          yield [id, 'has a policy that is not exactly a name and a document'];
        yield* documentProblems(id, at(policy, 'PolicyDocument'));
      }
    }
  },
};

function* documentProblems(id: string, document: unknown): Iterable<Problem> {
  const statements = at(document, 'Statement');
  if (!hasExactly(document, 'Version', 'Statement') || !Array.isArray(statements)) {
    yield [id, 'has a document that is not exactly a version and a list of statements'];
    return;
  }
  if (at(document, 'Version') !== '2012-10-17') yield [id, 'has a document in an old language'];
  for (const statement of statements) {
    if (!hasExactly(statement, 'Effect', 'Action', 'Resource'))
      yield [id, 'has a statement that is not exactly an effect, actions and resources'];
    if (at(statement, 'Effect') !== 'Allow') yield [id, 'has a statement that is no Allow'];
    for (const action of list(at(statement, 'Action'))) {
      if (typeof action !== 'string' || action.includes('*'))
        yield [id, `allows ${render(action)}; actions are written out`];
    }
    for (const resource of list(at(statement, 'Resource'))) {
      if (render(resource) === '*') yield [id, 'allows every resource; resources are written out'];
    }
  }
}

/** @returns whether the value is an object with these keys and no other, which an intrinsic function never is. */
function hasExactly(value: unknown, ...keys: readonly string[]): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    isDeepStrictEqual(Object.keys(value).sort(), [...keys].sort())
  );
}
