import { ENVIRONMENT_TABLE, PLAIN_TEXT } from '../environment-table.ts';
import { render } from '../render.ts';
import type { Rule } from '../rule.ts';
import { at, functionsOf, type Named } from '../template.ts';

/** What looks like one, whatever it is called: whoever may describe a function sees its environment. */
const SECRET_VALUE = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN|^eyJ[\w-]+\./;

const variablesOf = ({ properties }: Named) =>
  Object.entries(at(properties, 'Environment', 'Variables') ?? {}) as [string, unknown][];

export const environmentWithoutSecrets: Rule = {
  name: 'environment-without-secrets',
  *check(template) {
    for (const named of functionsOf(template)) {
      for (const [name, value] of variablesOf(named)) {
        if (SECRET_VALUE.test(JSON.stringify(value).replaceAll('"', '')))
          yield [named.id, `${name} holds what looks like a secret`];
      }
    }
  },
};

/** Functions are told what they need to start, of this stack's user pool, client and room, and nothing that we do not know. */
export const environmentIsDue: Rule = {
  name: 'environment-is-due',
  *check(template) {
    for (const named of functionsOf(template)) {
      const foreign = Object.keys(named.properties.Environment ?? {}).find((key) => key !== 'Variables');
      if (foreign) yield [named.id, `has an environment with ${foreign}`];
      const table = ENVIRONMENT_TABLE[named.key] ?? {};
      const variables = new Map(variablesOf(named));
      for (const [name, due] of Object.entries(table)) {
        const value = variables.get(name);
        if (due === PLAIN_TEXT ? typeof value !== 'string' : render(value) !== due)
          yield [named.id, `has ${render(value)} as ${name}; ${due.toString()} is due`];
      }
      for (const name of variables.keys()) {
        if (!Object.hasOwn(table, name))
          yield [named.id, `has ${name}, which infra/guard/environment-table.ts does not have for it`];
      }
    }
  },
};
