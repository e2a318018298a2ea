import { TEST_CREDENTIALS } from '../../credentials.ts';
import type { FunctionDefinition } from '../serverless/service.ts';

/** Where the functions are said to run. */
export interface Placement {
  readonly region: string;
  readonly accountId: string;
  /** Folder that handler paths are relative to. */
  readonly root: string;
  /** Added to every function; wins over serverless.yml. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The function's ARN, without a qualifier. */
export function functionArn({ region, accountId }: Placement, functionName: string): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
}

/**
 * The environment of an instance (Lambda developer guide, "Defined runtime environment variables").
 *
 * AWS_EXECUTION_ENV and AWS_LAMBDA_RUNTIME_API are left out on purpose: by their absence a function knows that it is off AWS.
 */
export function instanceEnvironment(
  definition: FunctionDefinition,
  placement: Placement,
  logStreamName: string,
): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    ...definition.environment,
    ...placement.environment,
    AWS_REGION: placement.region,
    AWS_DEFAULT_REGION: placement.region,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memorySizeMb),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupName(definition),
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    LAMBDA_TASK_ROOT: placement.root,
    _HANDLER: definition.handler,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
  };
}

export function logGroupName(definition: FunctionDefinition): string {
  return `/aws/lambda/${definition.name}`;
}

/** The plain part of a handler's context object; the instance adds `getRemainingTimeInMillis`. */
export function invocationContext(
  definition: FunctionDefinition,
  { invokedFunctionArn, requestId }: { readonly invokedFunctionArn: string; readonly requestId: string },
  logStreamName: string,
): Record<string, unknown> {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: definition.name,
    functionVersion: '$LATEST',
    invokedFunctionArn,
    memoryLimitInMB: String(definition.memorySizeMb),
    awsRequestId: requestId,
    logGroupName: logGroupName(definition),
    logStreamName,
  };
}
