import { readFileSync } from 'node:fs';
import type { Finding, Rule } from './rule.ts';
import { environmentWithoutSecrets, functionsRunAsTested, logsEnd } from './rules/functions.ts';
import {
  accessLogsWithoutPeople,
  authorizerGuardsAllOrNone,
  corsIsExact,
  throttledRoutesExist,
  throttlingWithinQuotas,
} from './rules/http-api.ts';
import { iamEqualsTheTable, iamRolesArePlain } from './rules/iam.ts';
import { permissionsAreNotPublic, permissionsArePinned } from './rules/invoke-permissions.ts';
import { resourceTypesAreKnown } from './rules/resource-types.ts';
import {
  fallbackResultStated,
  handlerThroughAlias,
  reviewIsBounded,
  roomWaitsForPermission,
} from './rules/review-handler.ts';
import { bucketsArePrivate, tableIsProtected } from './rules/storage.ts';
import { existingPoolWithItsClient, userPoolClientIsStrict, userPoolIsProtected } from './rules/user-pool.ts';
import { checkSchema } from './schema.ts';
import type { Template } from './template.ts';

/** Every rule of our own. */
export const RULES: readonly Rule[] = [
  resourceTypesAreKnown,
  functionsRunAsTested,
  environmentWithoutSecrets,
  logsEnd,
  iamEqualsTheTable,
  iamRolesArePlain,
  permissionsAreNotPublic,
  permissionsArePinned,
  fallbackResultStated,
  handlerThroughAlias,
  roomWaitsForPermission,
  reviewIsBounded,
  corsIsExact,
  throttledRoutesExist,
  throttlingWithinQuotas,
  accessLogsWithoutPeople,
  authorizerGuardsAllOrNone,
  tableIsProtected,
  bucketsArePrivate,
  userPoolIsProtected,
  userPoolClientIsStrict,
  existingPoolWithItsClient,
];

/**
 * Checks a packaged template: CloudFormation's schemas, then our rules.
 *
 * @param file path of a CloudFormation template in JSON.
 * @returns nothing when it may be deployed.
 */
export function checkTemplate(file: string): Finding[] {
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
  const own = RULES.flatMap(({ name, check }) =>
    [...check(template)].map(([about, problem]) => ({ rule: name, about, problem })),
  );
  return [...checkSchema(file), ...own];
}
