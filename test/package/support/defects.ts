/** A template that can be damaged: everything in it may be anything. */
// biome-ignore lint/suspicious/noExplicitAny: a defect reaches into whatever is there.
export type Damageable = { Resources: Record<string, any>; Parameters: Record<string, any> };

/** One way to get a template wrong. */
export interface Defect {
  readonly what: string;
  /** Name of the rule that has to find it. */
  readonly rule: string;
  readonly damage: (template: Damageable) => void;
}

const REVIEW = 'ReviewDashmessageLambdaFunction';
const TOKENS_ROUTE = 'HttpApiRoutePostRoomsRoomidVarTokens';

const properties = (template: Damageable, id: string) => template.Resources[id].Properties;
const statements = (template: Damageable, role: string) =>
  properties(template, role).Policies[0].PolicyDocument.Statement;
const add = (template: Damageable, id: string, Type: string, Properties: object) => {
  template.Resources[id] = { Type, Properties };
};

/** Seeded into a good template one at a time; each is found by the rule that is named, which finds nothing in the good one. */
export const DEFECTS: readonly Defect[] = [
  // What CloudFormation itself would refuse, or silently leave out.
  {
    what: 'a misspelt property',
    rule: 'schema:F3002',
    damage: (t) => {
      properties(t, 'Room').MessageReviewHandler.FallbackResults = 'DENY';
    },
  },
  {
    what: 'a value that is none of the enumeration',
    rule: 'schema:W3030',
    damage: (t) => {
      properties(t, 'Room').MessageReviewHandler.FallbackResult = 'MAYBE';
    },
  },
  {
    what: 'a required property that is missing',
    rule: 'schema:F3003',
    damage: (t) => {
      delete properties(t, 'ReviewPermission').Principal;
    },
  },
  {
    what: 'a value of the wrong type',
    rule: 'schema:F3012',
    damage: (t) => {
      properties(t, REVIEW).Timeout = 'one';
    },
  },
  {
    what: 'a reference to nothing',
    rule: 'schema:F1020',
    damage: (t) => {
      properties(t, 'UserPoolClient').UserPoolId = { Ref: 'UserPol' };
    },
  },
  {
    what: 'an attribute that the resource does not have',
    rule: 'schema:E9004',
    damage: (t) => {
      properties(t, 'TokensLambdaFunction').Role = { 'Fn::GetAtt': ['TokensRole', 'Ann'] };
    },
  },
  {
    what: 'a circular dependency: the review role names the room, which waits for the review function',
    rule: 'schema:F3004',
    damage: (t) => {
      statements(t, 'ReviewMessageRole')[0].Resource = { 'Fn::GetAtt': ['Room', 'Arn'] };
    },
  },
  {
    what: 'a circular dependency: the room waits for the stage, whose routes need the functions that name the room',
    rule: 'schema:F3004',
    damage: (t) => t.Resources.Room.DependsOn.push('HttpApiStage'),
  },
  {
    what: 'an index whose attribute is not defined',
    rule: 'schema:E3039',
    damage: (t) => properties(t, 'Table').AttributeDefinitions.pop(),
  },
  // Least privilege.
  {
    what: 'a wildcard action',
    rule: 'iam-roles-are-plain',
    damage: (t) => {
      statements(t, 'TokensRole')[1].Action = ['ivschat:*'];
    },
  },
  {
    what: 'every resource',
    rule: 'iam-roles-are-plain',
    damage: (t) => {
      statements(t, 'ModerationRole')[1].Resource = '*';
    },
  },
  {
    what: 'an action more than is declared',
    rule: 'iam-equals-the-table',
    damage: (t) => statements(t, 'TokensRole')[1].Action.push('ivschat:DisconnectUser'),
  },
  {
    what: 'an action less than is declared',
    rule: 'iam-equals-the-table',
    damage: (t) => statements(t, 'ModerationRole')[1].Action.pop(),
  },
  {
    what: 'every room instead of the registered one',
    rule: 'iam-equals-the-table',
    damage: (t) => {
      const arn = ['arn:', { Ref: 'AWS::Partition' }, ':ivschat:*:*:room/*'];
      statements(t, 'TokensRole')[1].Resource = { 'Fn::Join': ['', arn] };
    },
  },
  {
    what: 'another function’s log group',
    rule: 'iam-equals-the-table',
    damage: (t) => {
      statements(t, 'HealthRole')[0].Resource = statements(t, 'TokensRole')[0].Resource;
    },
  },
  {
    what: 'one role for two functions',
    rule: 'iam-roles-are-plain',
    damage: (t) => {
      properties(t, 'HealthLambdaFunction').Role = properties(t, 'TokensLambdaFunction').Role;
    },
  },
  {
    what: 'a managed policy',
    rule: 'iam-roles-are-plain',
    damage: (t) => {
      properties(t, 'HealthRole').ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
    },
  },
  {
    what: 'everything but one action',
    rule: 'iam-roles-are-plain',
    damage: (t) =>
      statements(t, 'HealthRole').push({ Effect: 'Allow', NotAction: 'iam:PassRole', Resource: '*' }),
  },
  {
    what: 'a role that others may take',
    rule: 'iam-roles-are-plain',
    damage: (t) => {
      properties(t, 'TokensRole').AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '*' };
    },
  },
  {
    what: 'a policy beside the roles',
    rule: 'iam-roles-are-plain',
    damage: (t) =>
      add(t, 'More', 'AWS::IAM::Policy', {
        PolicyName: 'more',
        Roles: [{ Ref: 'TokensRole' }],
        PolicyDocument: { Version: '2012-10-17', Statement: [] },
      }),
  },
  // Who may invoke.
  {
    what: 'a permission without SourceArn',
    rule: 'permissions-are-pinned',
    damage: (t) => {
      delete properties(t, 'ReviewPermission').SourceArn;
    },
  },
  {
    what: 'a permission without SourceAccount',
    rule: 'permissions-are-pinned',
    damage: (t) => {
      delete properties(t, 'ReviewPermission').SourceAccount;
    },
  },
  {
    what: 'a permission for the rooms of every account',
    rule: 'permissions-are-pinned',
    damage: (t) => {
      properties(t, 'ReviewPermission').SourceArn = 'arn:aws:ivschat:*:*:room/*';
    },
  },
  {
    what: 'an API permission without SourceArn',
    rule: 'permissions-are-pinned',
    damage: (t) => {
      delete properties(t, 'TokensLambdaPermissionHttpApi').SourceArn;
    },
  },
  {
    what: 'a public permission',
    rule: 'permissions-are-not-public',
    damage: (t) => {
      properties(t, 'ReviewPermission').Principal = '*';
    },
  },
  {
    what: 'a function URL',
    rule: 'permissions-are-not-public',
    damage: (t) =>
      add(t, 'Url', 'AWS::Lambda::Url', {
        AuthType: 'NONE',
        TargetFunctionArn: { 'Fn::GetAtt': [REVIEW, 'Arn'] },
      }),
  },
  // The review handler.
  {
    what: 'a review time-out that is too long',
    rule: 'review-is-bounded',
    damage: (t) => {
      properties(t, REVIEW).Timeout = 3;
    },
  },
  {
    what: 'no word on the review handler’s concurrency',
    rule: 'review-is-bounded',
    damage: (t) => {
      delete properties(t, REVIEW).ReservedConcurrentExecutions;
    },
  },
  {
    what: 'no FallbackResult',
    rule: 'fallback-result-stated',
    damage: (t) => {
      delete properties(t, 'Room').MessageReviewHandler.FallbackResult;
    },
  },
  {
    what: 'a FallbackResult that is not what the handler does when it fails',
    rule: 'fallback-result-stated',
    damage: (t) => {
      properties(t, 'Room').MessageReviewHandler.FallbackResult = 'ALLOW';
    },
  },
  {
    what: 'a room that asks the bare function where an alias is due',
    rule: 'handler-through-alias',
    damage: (t) => {
      properties(t, 'Room').MessageReviewHandler.Uri = { 'Fn::GetAtt': [REVIEW, 'Arn'] };
    },
  },
  {
    what: 'a permission for the bare function where an alias is due',
    rule: 'handler-through-alias',
    damage: (t) => {
      properties(t, 'ReviewPermission').FunctionName = { 'Fn::GetAtt': [REVIEW, 'Arn'] };
    },
  },
  {
    what: 'a room without a review handler',
    rule: 'handler-through-alias',
    damage: (t) => {
      delete properties(t, 'Room').MessageReviewHandler;
    },
  },
  {
    what: 'a room that does not wait for the permission',
    rule: 'room-waits-for-permission',
    damage: (t) => {
      t.Resources.Room.DependsOn = ['Table'];
    },
  },
  {
    what: 'a room that waits for the permission, which has no time to become known',
    rule: 'room-waits-for-permission',
    damage: (t) => {
      delete t.Resources.Table.DependsOn;
    },
  },
  // The API.
  {
    what: 'open CORS',
    rule: 'cors-is-exact',
    damage: (t) => {
      properties(t, 'HttpApi').CorsConfiguration.AllowOrigins = ['*'];
    },
  },
  {
    what: 'CORS for every subdomain',
    rule: 'cors-is-exact',
    damage: (t) => {
      properties(t, 'HttpApi').CorsConfiguration.AllowOrigins = ['https://*.example.com'];
    },
  },
  {
    what: 'CORS with credentials',
    rule: 'cors-is-exact',
    damage: (t) => {
      properties(t, 'HttpApi').CorsConfiguration.AllowCredentials = true;
    },
  },
  {
    what: 'a throttled route that the stage does not wait for',
    rule: 'throttled-routes-exist',
    damage: (t) => {
      const { HttpApiStage } = t.Resources;
      HttpApiStage.DependsOn = HttpApiStage.DependsOn.filter((id: string) => id !== TOKENS_ROUTE);
    },
  },
  {
    what: 'throttling of a route that is not there',
    rule: 'throttled-routes-exist',
    damage: (t) => {
      properties(t, 'HttpApiStage').RouteSettings['POST /room/{roomId}/tokens'] = {
        ThrottlingRateLimit: 1,
        ThrottlingBurstLimit: 1,
      };
    },
  },
  {
    what: 'no throttling',
    rule: 'throttling-within-quotas',
    damage: (t) => {
      properties(t, 'HttpApiStage').DefaultRouteSettings = {};
    },
  },
  {
    what: 'a burst beyond the quota of CreateChatToken',
    rule: 'throttling-within-quotas',
    damage: (t) => {
      properties(t, 'HttpApiStage').RouteSettings['POST /rooms/{roomId}/tokens'].ThrottlingBurstLimit = 300;
    },
  },
  {
    what: 'no access log',
    rule: 'access-logs-without-people',
    damage: (t) => {
      delete properties(t, 'HttpApiStage').AccessLogSettings;
    },
  },
  {
    what: 'IP addresses in the access log',
    rule: 'access-logs-without-people',
    damage: (t) => {
      properties(t, 'HttpApiStage').AccessLogSettings.Format = '$context.identity.sourceIp';
    },
  },
  {
    what: 'one route that the authorizer leaves open',
    rule: 'authorizer-guards-all-or-none',
    damage: (t) => {
      properties(t, TOKENS_ROUTE).AuthorizationType = 'NONE';
    },
  },
  {
    what: 'an authorizer that trusts another issuer',
    rule: 'authorizer-guards-all-or-none',
    damage: (t) => {
      properties(t, 'HttpApiAuthorizerUserPool').JwtConfiguration.Issuer = 'https://login.example.com';
    },
  },
  // What is kept.
  {
    what: 'a table without point-in-time recovery',
    rule: 'table-is-protected',
    damage: (t) => {
      delete properties(t, 'Table').PointInTimeRecoverySpecification;
    },
  },
  {
    what: 'a table that goes with its stack',
    rule: 'table-is-protected',
    damage: (t) => {
      delete t.Resources.Table.DeletionPolicy;
    },
  },
  {
    what: 'a public bucket',
    rule: 'buckets-are-private',
    damage: (t) => {
      delete properties(t, 'ServerlessDeploymentBucket').PublicAccessBlockConfiguration;
    },
  },
  {
    what: 'logs that never end',
    rule: 'logs-end',
    damage: (t) => {
      delete properties(t, 'TokensLogGroup').RetentionInDays;
    },
  },
  {
    what: 'a secret in the environment',
    rule: 'environment-without-secrets',
    damage: (t) => {
      properties(t, 'TokensLambdaFunction').Environment.Variables.CLIENT_SECRET = 'hunter2';
    },
  },
  {
    what: 'a key set from a developer’s machine',
    rule: 'environment-without-secrets',
    damage: (t) => {
      properties(t, 'TokensLambdaFunction').Environment.Variables.LOCAL_JWKS_ORIGIN = 'http://127.0.0.1:1';
    },
  },
  {
    what: 'another runtime',
    rule: 'functions-run-as-tested',
    damage: (t) => {
      properties(t, 'HealthLambdaFunction').Runtime = 'nodejs22.x';
    },
  },
  // Accounts.
  {
    what: 'access tokens for a day',
    rule: 'user-pool-client-is-strict',
    damage: (t) => {
      properties(t, 'UserPoolClient').AccessTokenValidity = 1440;
    },
  },
  {
    what: 'passwords on the wire',
    rule: 'user-pool-client-is-strict',
    damage: (t) => properties(t, 'UserPoolClient').ExplicitAuthFlows.push('ALLOW_USER_PASSWORD_AUTH'),
  },
  {
    what: 'a user pool that goes with its stack',
    rule: 'user-pool-is-protected',
    damage: (t) => {
      delete t.Resources.UserPool.DeletionPolicy;
    },
  },
  {
    what: 'a group that is missing',
    rule: 'user-pool-is-protected',
    damage: (t) => {
      delete t.Resources.ModeratorsGroup;
    },
  },
  {
    what: 'an existing user pool without its client',
    rule: 'existing-pool-with-its-client',
    damage: (t) => {
      t.Parameters.ExistingUserPoolId.Default = 'eu-west-1_Abc123456';
    },
  },
  {
    what: 'a type of resource that no rule looks at',
    rule: 'resource-types-are-known',
    damage: (t) => add(t, 'Topic', 'AWS::SNS::Topic', {}),
  },
];
