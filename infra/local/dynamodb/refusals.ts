/** What dynalite 4 does (its index.js); every other operation is refused by name. */
const OPERATIONS: ReadonlySet<string> = new Set([
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'PutItem',
  'Query',
  'Scan',
  'TagResource',
  'UntagResource',
  'UpdateItem',
  'UpdateTable',
]);

/**
 * Members of modelled requests that dynalite drops without a word: the difference between DynamoDB's service model
 * (2012-08-10) and dynalite's validations. A request that carries one is refused, so that nobody builds on it.
 */
const DROPPED_MEMBERS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'CreateTable',
    [
      'StreamSpecification',
      'SSESpecification',
      'Tags',
      'TableClass',
      'DeletionProtectionEnabled',
      'WarmThroughput',
      'ResourcePolicy',
      'OnDemandThroughput',
      'GlobalTableSourceArn',
      'GlobalTableSettingsReplicationMode',
    ],
  ],
  ['PutItem', ['ReturnValuesOnConditionCheckFailure']],
  ['UpdateItem', ['ReturnValuesOnConditionCheckFailure']],
  ['DeleteItem', ['ReturnValuesOnConditionCheckFailure']],
  [
    'UpdateTable',
    [
      'StreamSpecification',
      'SSESpecification',
      'ReplicaUpdates',
      'TableClass',
      'DeletionProtectionEnabled',
      'MultiRegionConsistency',
      'GlobalTableWitnessUpdates',
      'OnDemandThroughput',
      'WarmThroughput',
      'GlobalTableSettingsReplicationMode',
    ],
  ],
]);

/** An answer instead of dynalite's. */
export interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

/**
 * @param operation the part of `x-amz-target` behind the dot.
 * @returns why the request is not handed to dynalite; undefined when it is.
 */
export function refusalOf(operation: string, body: string): Refusal | undefined {
  if (!OPERATIONS.has(operation)) {
    return notImplemented(`the operation ${JSON.stringify(operation.slice(0, 64))}`);
  }
  const request = parseObject(body);
  if (!request) {
    return { status: 400, type: 'SerializationException', message: 'the body is not a JSON object' };
  }
  const dropped = DROPPED_MEMBERS.get(operation)?.find((name) => !isDefault(request[name]));
  return dropped === undefined ? undefined : notImplemented(`${dropped} of ${operation}`);
}

/** NONE is what DynamoDB does without `ReturnValuesOnConditionCheckFailure`. */
function isDefault(value: unknown): boolean {
  return value === undefined || value === null || value === 'NONE';
}

function notImplemented(what: string): Refusal {
  return {
    status: 501,
    type: 'NotImplementedInStandIn',
    message: `the local DynamoDB does not emulate ${what}`,
  };
}

function parseObject(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
