import { isDeepStrictEqual } from 'node:util';
import { render } from '../render.ts';
import type { Rule } from '../rule.ts';
import { at, functionsOf, ofType } from '../template.ts';

/** The API gives up after 30 s, the calls to IVS Chat after 6 s. */
const TIMEOUT_MAX_SECONDS = 10;

/** Every function runs where it was tested, and ends before its caller gives up. */
export const functionsRunAsTested: Rule = {
  name: 'functions-run-as-tested',
  *check(template) {
    for (const { id, properties } of functionsOf(template)) {
      const { Runtime, Architectures, Timeout } = properties;
      if (Runtime !== 'nodejs24.x') yield [id, `runs on ${render(Runtime)}; nodejs24.x is due`];
      if (!isDeepStrictEqual(Architectures, ['arm64']))
        yield [id, `runs on ${render(Architectures)}; arm64 is due`];
      if (!(Number(Timeout) <= TIMEOUT_MAX_SECONDS))
        yield [id, `has a time-out of ${render(Timeout)} s; at most ${TIMEOUT_MAX_SECONDS} s are due`];
    }
  },
};

/** Functions run the code that was packaged with the template, out of the stack's own bucket. */
export const functionsRunOurCode: Rule = {
  name: 'functions-run-our-code',
  *check(template) {
    const [bucket] = ofType(template, 'AWS::S3::Bucket');
    for (const { id, key, properties } of functionsOf(template)) {
      const { S3Bucket, S3Key, ...others } = (properties.Code ?? {}) as Record<string, unknown>;
      if (properties.Handler !== `dist/${key}/index.handler`)
        yield [id, `has the handler ${render(properties.Handler)}, which is none of ours`];
      if (render(S3Bucket) !== `\${${bucket?.id}}` || Object.keys(others).length > 0)
        yield [id, 'has code from elsewhere than the deployment bucket'];
      if (typeof S3Key !== 'string' || !S3Key.endsWith(`/${key}.zip`))
        yield [id, `has ${render(S3Key)} as its code; ${key}.zip is due`];
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
      if (!groups.some((group) => at(group.properties, 'LogGroupName') === name))
        yield [id, `has no log group ${name}`];
    }
  },
};
