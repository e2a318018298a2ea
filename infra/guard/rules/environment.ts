import { ENVIRONMENT_TABLE, PLAIN_TEXT } from '../environment-table.ts';
import { render } from '../render.ts';
import type { Rule } from '../rule.ts';
import { at, functionsOf, type Named } from '../template.ts';

/** Secrets do not stand in configuration that everybody sees who may describe a function. */
const SECRET_NAME = /SECRET|PASSWORD|PASSWD|PRIVATE|CREDENTIAL|API_?KEY|ACCESS_KEY|AUTH_TOKEN/i;
const SECRET_VALUE = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN|^eyJ[\w-]+\./;
/** Variables that switch protection off, or exist for a developer's machine only. */
const FORBIDDEN = /^(?:LOCAL_|NODE_TLS_|NODE_OPTIONS$|NODE_EXTRA_CA|AWS_ENDPOINT_URL)/;

const variablesOf = ({ properties }: Named) =>
  Object.entries(at(properties, 'Environment', 'Variables') ?? {}) as [string, unknown][];

export const environmentWithoutSecrets: Rule = {
  name: 'environment-without-secrets',
  *check(template) {
    for (const named of functionsOf(template)) {
      for (const [name, value] of variablesOf(named)) {
        if (SECRET_NAME.test(name)) yield [named.id, `${name} reads like a secret`];
        if (SECRET_VALUE.test(JSON.stringify(value).replaceAll('"', '')))
          yield [named.id, `${name} holds what looks like a secret`];
        if (FORBIDDEN.test(name)) yield [named.id, `${name} must not be set on AWS`];
      }
    }
  },
};

/** Functions are told of this stack's user pool, client and room, and of nothing that we do not know. */
export const environmentIsDue: Rule = {
  name: 'environment-is-due',
  *check(template) {
    for (const named of functionsOf(template)) {
      const foreign = Object.keys(named.properties.Environment ?? {}).find((key) => key !== 'Variables');
      if (foreign) yield [named.id, `has an environment with ${foreign}`];
      for (const [name, value] of variablesOf(named)) {
        const due = Object.hasOwn(ENVIRONMENT_TABLE, name) ? ENVIRONMENT_TABLE[name] : undefined;
        if (due === undefined)
          yield [named.id, `has ${name}, which infra/guard/environment-table.ts does not have`];
        else if (due === PLAIN_TEXT ? typeof value !== 'string' : render(value) !== due)
          yield [named.id, `has ${render(value)} as ${name}; ${due.toString()} is due`];
      }
    }
  },
};
