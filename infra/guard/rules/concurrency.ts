import { render } from '../render.ts';
import type { Rule } from '../rule.ts';
import { at, functionsOf, ofType, reviewHandlerOf, type Template } from '../template.ts';

const RESERVED = render({
  'Fn::If': ['ReserveReview', { Ref: 'ReviewReservedConcurrency' }, { Ref: 'AWS::NoValue' }],
});

const aliasesOf = (template: Template) => ofType(template, 'AWS::Lambda::Alias');
const provisioned = (properties: object) =>
  at(properties, 'ProvisionedConcurrencyConfig', 'ProvisionedConcurrentExecutions');

/** An alias is there to keep instances of a published version of the review handler started, and for nothing else. */
export const aliasIsProvisioned: Rule = {
  name: 'alias-is-provisioned',
  *check(template) {
    const handler = `\${${reviewHandlerOf(template)?.id}}`;
    const versions = ofType(template, 'AWS::Lambda::Version');
    for (const { id, properties } of [...versions, ...aliasesOf(template)]) {
      if (render(properties.FunctionName) !== handler)
        yield [id, `is of ${render(properties.FunctionName)}; ${handler} is due`];
    }
    for (const { id, properties } of aliasesOf(template)) {
      const version = render(properties.FunctionVersion);
      if (!versions.some((one) => version === `\${${one.id}.Version}`))
        yield [id, `names ${version}; a version of this template is due`];
      const count = provisioned(properties);
      if (!(Number.isInteger(count) && Number(count) > 0))
        yield [id, `keeps ${render(count)} instances started; one is the least`];
    }
  },
};

/** Concurrency is set aside for review as the parameter says, and for nothing else, so nothing is switched off by a 0. */
export const reservationIsDue: Rule = {
  name: 'reservation-is-due',
  *check(template) {
    const handler = reviewHandlerOf(template)?.id;
    for (const { id, properties } of functionsOf(template)) {
      const due = id === handler ? RESERVED : 'undefined';
      const is = render(properties.ReservedConcurrentExecutions);
      if (is !== due) yield [id, `has ${is} as its reserved concurrency; ${due} is due`];
    }
  },
};

/** Lambda refuses to keep more instances started than are set aside. */
export const provisionedWithinReserved: Rule = {
  name: 'provisioned-within-reserved',
  *check(template) {
    const reserved = Number(template.Parameters?.ReviewReservedConcurrency?.Default);
    for (const { id, properties } of aliasesOf(template)) {
      const count = Number(provisioned(properties));
      if (!(reserved === 0 || count <= reserved))
        yield [
          id,
          `keeps ${count} instances started, and ${reserved} are set aside (reviewReservedConcurrency)`,
        ];
    }
  },
};
