import type { Rule } from '../rule.ts';
import { at, functionsOf, ofType } from '../template.ts';

/** The API gives up after 30 s, the calls to IVS Chat after 6 s. */
const TIMEOUT_MAX_SECONDS = 10;

/** Secrets do not stand in configuration that everybody sees who may describe a function. */
const SECRET_NAME = /SECRET|PASSWORD|PASSWD|PRIVATE|CREDENTIAL|API_?KEY|ACCESS_KEY|AUTH_TOKEN/i;
const SECRET_VALUE = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN|^eyJ[\w-]+\./;
/** Variables that switch protection off, or exist for a developer's machine only. */
const FORBIDDEN = /^(?:LOCAL_|NODE_TLS_|NODE_OPTIONS$|NODE_EXTRA_CA|AWS_ENDPOINT_URL)/;

/** Every function runs where it was tested, and ends before its caller gives up. */
export const functionsRunAsTested: Rule = {
  name: 'functions-run-as-tested',
  *check(template) {
    if (functionsOf(template).length === 0) yield ['template', 'has no function'];
    for (const { id, properties } of functionsOf(template)) {
      const { Runtime, Architectures, Timeout } = properties;
      if (Runtime !== 'nodejs24.x') yield [id, `runs on ${Runtime}; nodejs24.x is due`];
      if (String(Architectures) !== 'arm64') yield [id, `runs on ${Architectures}; arm64 is due`];
      if (!(Number(Timeout) <= TIMEOUT_MAX_SECONDS))
        yield [id, `has a time-out of ${Timeout} s; at most ${TIMEOUT_MAX_SECONDS} s are due`];
    }
  },
};

export const environmentWithoutSecrets: Rule = {
  name: 'environment-without-secrets',
  *check(template) {
    for (const { id, properties } of functionsOf(template)) {
      for (const [name, value] of Object.entries(at(properties, 'Environment', 'Variables') ?? {})) {
        if (SECRET_NAME.test(name)) yield [id, `${name} reads like a secret`];
        if (SECRET_VALUE.test(JSON.stringify(value).replaceAll('"', '')))
          yield [id, `${name} holds what looks like a secret`];
        if (FORBIDDEN.test(name)) yield [id, `${name} must not be set on AWS`];
      }
    }
  },
};

/** Logs end some day, and every function has a group of its own. */
export const logsEnd: Rule = {
  name: 'logs-end',
  *check(template) {
    const groups = ofType(template, 'AWS::Logs::LogGroup');
    for (const { id, properties } of groups) {
      if (!(Number(properties.RetentionInDays) > 0)) yield [id, 'keeps its entries for ever'];
    }
    for (const { id, properties } of functionsOf(template)) {
      const name = `/aws/lambda/${properties.FunctionName}`;
      if (!groups.some((group) => group.properties.LogGroupName === name))
        yield [id, `has no log group ${name}`];
    }
  },
};
