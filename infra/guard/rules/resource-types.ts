import { RESOURCE_ATTRIBUTES, RESOURCE_TABLE } from '../resource-table.ts';
import type { Rule } from '../rule.ts';
import { ofType } from '../template.ts';

/** A type of resource gets its rules first, and then its line in the table. */
export const resourceTypesAreKnown: Rule = {
  name: 'resource-types-are-known',
  *check({ Resources }) {
    for (const [id, { Type }] of Object.entries(Resources)) {
      if (!Object.hasOwn(RESOURCE_TABLE, Type))
        yield [id, `${Type} is a type that infra/guard/resource-table.ts does not have`];
    }
  },
};

/** What the other rules are about is there, and as often as they expect. */
export const resourcesAreComplete: Rule = {
  name: 'resources-are-complete',
  *check(template) {
    for (const [type, { count }] of Object.entries(RESOURCE_TABLE)) {
      const is = ofType(template, type).length;
      const [least, most] = count;
      if (is < least) yield ['template', `has ${is} ${type}; ${least} is due`];
      if (is > most) yield ['template', `has ${is} ${type}; ${most} is the most`];
    }
  },
};

/** Resources have no property that the table does not name. */
export const propertiesAreKnown: Rule = {
  name: 'properties-are-known',
  *check({ Resources }) {
    for (const [id, resource] of Object.entries(Resources)) {
      const known = RESOURCE_TABLE[resource.Type]?.properties ?? [];
      const foreign = [
        ...Object.keys(resource).filter((name) => !RESOURCE_ATTRIBUTES.includes(name)),
        ...Object.keys(resource.Properties ?? {}).filter((name) => !known.includes(name)),
      ];
      for (const name of foreign)
        yield [id, `has ${name}, which infra/guard/resource-table.ts does not have for ${resource.Type}`];
    }
  },
};
