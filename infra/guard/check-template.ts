import { readFileSync } from 'node:fs';
import type { Finding, Rule } from './rule.ts';
import { authorizerGuardsAllOrNone, authorizerTrustsTheUserPool } from './rules/authorizer.ts';
import { aliasIsProvisioned, provisionedWithinReserved, reservationIsDue } from './rules/concurrency.ts';
import { environmentIsDue, environmentWithoutSecrets } from './rules/environment.ts';
import { functionsRunAsTested, functionsRunOurCode, logsEnd } from './rules/functions.ts';
import { apiIsOne, corsIsExact } from './rules/http-api.ts';
import { iamEqualsTheTable } from './rules/iam.ts';
import { iamRolesArePlain, policiesArePlain } from './rules/iam-plainness.ts';
import { permissionsAreNotPublic, permissionsArePinned } from './rules/invoke-permissions.ts';
import { conditionsAreDue, parametersAreDue, resourcesCarryTheirCondition } from './rules/parameters.ts';
import { templateIsPlain } from './rules/plain-template.ts';
import { propertiesAreKnown, resourcesAreComplete, resourceTypesAreKnown } from './rules/resource-types.ts';
import {
  chatLogIsWired,
  fallbackResultStated,
  handlerThroughAlias,
  reviewIsBounded,
  roomWaitsForPermission,
} from './rules/review-handler.ts';
import {
  apiMayInvokeItsFunctions,
  integrationsAreLambdaProxies,
  routesReachTheirFunction,
} from './rules/routes.ts';
import {
  accessLogsWithoutPeople,
  stageIsLive,
  throttledRoutesExist,
  throttlingWithinQuotas,
} from './rules/stage.ts';
import { bucketPolicyOnlyDenies, bucketsArePrivate, tableIsProtected } from './rules/storage.ts';
import {
  accountsOutliveTheStack,
  existingPoolWithItsClient,
  groupsAreThere,
  userPoolClientIsStrict,
  userPoolIsProtected,
} from './rules/user-pool.ts';
import { checkSchema } from './schema.ts';
import type { Template } from './template.ts';

/** Every rule of our own, in the order of docs/template.md. */
export const RULES: readonly Rule[] = [
  templateIsPlain,
  resourceTypesAreKnown,
  resourcesAreComplete,
  propertiesAreKnown,
  parametersAreDue,
  conditionsAreDue,
  resourcesCarryTheirCondition,
  functionsRunAsTested,
  functionsRunOurCode,
  environmentWithoutSecrets,
  environmentIsDue,
  logsEnd,
  iamEqualsTheTable,
  iamRolesArePlain,
  policiesArePlain,
  permissionsAreNotPublic,
  permissionsArePinned,
  fallbackResultStated,
  handlerThroughAlias,
  roomWaitsForPermission,
  reviewIsBounded,
  chatLogIsWired,
  aliasIsProvisioned,
  reservationIsDue,
  provisionedWithinReserved,
  apiIsOne,
  corsIsExact,
  routesReachTheirFunction,
  integrationsAreLambdaProxies,
  apiMayInvokeItsFunctions,
  stageIsLive,
  throttledRoutesExist,
  throttlingWithinQuotas,
  accessLogsWithoutPeople,
  authorizerGuardsAllOrNone,
  authorizerTrustsTheUserPool,
  tableIsProtected,
  bucketsArePrivate,
  bucketPolicyOnlyDenies,
  accountsOutliveTheStack,
  userPoolIsProtected,
  groupsAreThere,
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
  return [...checkSchema(file, template), ...own];
}
