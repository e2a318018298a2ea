import { isDeepStrictEqual } from 'node:util';
import { CONDITION_OF, CONDITIONS, type ParameterForm, TEMPLATE_PARAMETERS } from '../parameter-table.ts';
import type { Problem, Rule } from '../rule.ts';

/** Parameters can hold only what the table lets them, from their defaults on. */
export const parametersAreDue: Rule = {
  name: 'parameters-are-due',
  *check({ Parameters = {} }) {
    yield* sameNames('Parameters', Parameters, TEMPLATE_PARAMETERS);
    for (const [name, due] of Object.entries(TEMPLATE_PARAMETERS)) {
      const { Default, Description, ...form } = Parameters[name] ?? {};
      if (!isDeepStrictEqual(form, due))
        yield [name, `is ${JSON.stringify(form)}; ${JSON.stringify(due)} is due`];
      if (!accepts(due, Default))
        yield [name, `has the default ${JSON.stringify(Default)}, which it refuses`];
    }
  },
};

/** Conditions mean what the rules take them to mean. */
export const conditionsAreDue: Rule = {
  name: 'conditions-are-due',
  *check({ Conditions = {} }) {
    yield* sameNames('Conditions', Conditions, CONDITIONS);
    for (const [name, due] of Object.entries(CONDITIONS)) {
      if (!isDeepStrictEqual(Conditions[name], due))
        yield [name, `is ${JSON.stringify(Conditions[name])}; ${JSON.stringify(due)} is due`];
    }
  },
};

/** What is made when nothing is given is made then only; everything else always. */
export const resourcesCarryTheirCondition: Rule = {
  name: 'resources-carry-their-condition',
  *check({ Resources }) {
    for (const [id, { Condition }] of Object.entries(Resources)) {
      const due = Object.hasOwn(CONDITION_OF, id) ? CONDITION_OF[id] : undefined;
      if (Condition !== due) yield [id, `has ${Condition ?? 'no'} condition; ${due ?? 'none'} is due`];
    }
    for (const id of Object.keys(CONDITION_OF)) if (!Resources[id]) yield ['template', `has no ${id}`];
  },
};

function* sameNames(section: string, is: object, due: object): Iterable<Problem> {
  for (const name of Object.keys(is))
    if (!Object.hasOwn(due, name)) yield [section, `${name} is not in infra/guard/parameter-table.ts`];
}

/** A number is written as our conditions compare it: `00` would not equal `0`. */
function accepts({ Type, AllowedPattern, AllowedValues }: ParameterForm, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (Type === 'Number') return /^(?:0|[1-9]\d*)$/.test(value);
  return AllowedValues?.includes(value) ?? new RegExp(AllowedPattern ?? '').test(value);
}
