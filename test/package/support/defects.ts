import type { Damage, Seeds } from './defects/damage.ts';
import { FUNCTION_DEFECTS } from './defects/functions.ts';
import { HTTP_API_DEFECTS } from './defects/http-api.ts';
import { IAM_DEFECTS } from './defects/iam.ts';
import { REVIEW_DEFECTS } from './defects/review.ts';
import { SCHEMA_DEFECTS } from './defects/schema.ts';
import { STORAGE_DEFECTS } from './defects/storage.ts';
import { TEMPLATE_DEFECTS } from './defects/template.ts';

/** One way to get a template wrong. */
export interface Defect {
  readonly what: string;
  /** Name of the rule that has to find it. */
  readonly rule: string;
  readonly damage: Damage;
}

const SEEDS: readonly Seeds[] = [
  SCHEMA_DEFECTS,
  TEMPLATE_DEFECTS,
  FUNCTION_DEFECTS,
  IAM_DEFECTS,
  REVIEW_DEFECTS,
  HTTP_API_DEFECTS,
  STORAGE_DEFECTS,
];

/** Seeded into a good template one at a time; each is found by the rule that is named, which finds nothing in the good one. */
export const DEFECTS: readonly Defect[] = SEEDS.flatMap((seeds) =>
  Object.entries(seeds).flatMap(([rule, defects]) =>
    Object.entries(defects).map(([what, damage]) => ({ rule, what, damage })),
  ),
);
