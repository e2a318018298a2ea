import { ACCOUNT, arnOf } from '../due-values.ts';
import { render } from '../render.ts';
import type { Rule } from '../rule.ts';
import { ofType } from '../template.ts';

/** Who may invoke our functions, and for whom: the one room's own ARN would be a circle (infra/chat.yml). */
const SOURCES: Readonly<Record<string, string>> = {
  'ivschat.amazonaws.com': `${arnOf('ivschat')}:room/${render({
    'Fn::If': ['CreateRoom', '*', { Ref: 'ExistingRoomId' }],
  })}`,
  'apigateway.amazonaws.com': `${arnOf('execute-api')}:\${HttpApi}/*`,
};

/** Nobody invokes a function but IVS Chat and our API. */
export const permissionsAreNotPublic: Rule = {
  name: 'permissions-are-not-public',
  *check(template) {
    for (const { id, properties } of ofType(template, 'AWS::Lambda::Permission')) {
      const principal = render(properties.Principal);
      if (!Object.hasOwn(SOURCES, principal)) yield [id, `lets ${principal} invoke a function`];
      if (properties.Action !== 'lambda:InvokeFunction') yield [id, `permits ${render(properties.Action)}`];
    }
  },
};

/** A service invokes on behalf of everybody: the account and the resource say whose. */
export const permissionsArePinned: Rule = {
  name: 'permissions-are-pinned',
  *check(template) {
    for (const { id, properties } of ofType(template, 'AWS::Lambda::Permission')) {
      const principal = render(properties.Principal);
      const source = render(properties.SourceArn);
      if (source !== SOURCES[principal])
        yield [id, `has ${source} as SourceArn; ${SOURCES[principal]} is due`];
      if (principal === 'ivschat.amazonaws.com' && render(properties.SourceAccount) !== ACCOUNT)
        yield [id, 'is not pinned to this account by SourceAccount'];
    }
  },
};
