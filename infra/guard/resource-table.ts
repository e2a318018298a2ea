/** What the rules expect of a type of resource. */
interface ResourceShape {
  /** How many the template has: at least, at most. */
  readonly count: readonly [number, number];
  /**
   * Properties that it may have; most are looked at by a rule, and what is not is named in docs/adr/0010. (Spread in lines, so
   * that the formatter leaves several on one.)
   */
  readonly properties: readonly string[];
}

const one = (...properties: string[]): ResourceShape => ({ count: [1, 1], properties });
const some = (...properties: string[]): ResourceShape => ({
  count: [1, Number.POSITIVE_INFINITY],
  properties,
});
const optional = (...properties: string[]): ResourceShape => ({ count: [0, 1], properties });

/** Every type of resource that the template may have. Each is the subject of a rule. */
export const RESOURCE_TABLE: Readonly<Record<string, ResourceShape>> = {
  'AWS::ApiGatewayV2::Api': one('Name', 'ProtocolType', 'CorsConfiguration'),
  'AWS::ApiGatewayV2::Authorizer': optional(
    ...['ApiId', 'Name', 'AuthorizerType', 'IdentitySource', 'JwtConfiguration'],
  ),
  'AWS::ApiGatewayV2::Integration': some(
    ...['ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'TimeoutInMillis'],
  ),
  'AWS::ApiGatewayV2::Route': some('ApiId', 'RouteKey', 'Target', 'AuthorizationType', 'AuthorizerId'),
  'AWS::ApiGatewayV2::Stage': one(
    ...['ApiId', 'StageName', 'AutoDeploy', 'DefaultRouteSettings', 'RouteSettings', 'AccessLogSettings'],
  ),
  'AWS::Cognito::UserPool': one(
    ...['UserPoolName', 'DeletionProtection', 'AdminCreateUserConfig', 'UsernameAttributes'],
    ...['UsernameConfiguration', 'AutoVerifiedAttributes', 'AccountRecoverySetting', 'MfaConfiguration'],
    ...['EnabledMfas', 'Policies'],
  ),
  'AWS::Cognito::UserPoolClient': one(
    ...['ClientName', 'UserPoolId', 'GenerateSecret', 'ExplicitAuthFlows', 'SupportedIdentityProviders'],
    ...['PreventUserExistenceErrors', 'EnableTokenRevocation', 'AccessTokenValidity', 'IdTokenValidity'],
    ...['RefreshTokenValidity', 'TokenValidityUnits'],
  ),
  'AWS::Cognito::UserPoolGroup': some('GroupName', 'Description', 'Precedence', 'UserPoolId'),
  'AWS::DynamoDB::Table': one(
    ...['BillingMode', 'DeletionProtectionEnabled', 'PointInTimeRecoverySpecification', 'SSESpecification'],
    ...['TimeToLiveSpecification', 'KeySchema', 'AttributeDefinitions', 'GlobalSecondaryIndexes'],
  ),
  'AWS::IAM::Role': some('AssumeRolePolicyDocument', 'Policies'),
  'AWS::IVSChat::LoggingConfiguration': one('Name', 'DestinationConfiguration'),
  'AWS::IVSChat::Room': one('Name', 'MessageReviewHandler', 'LoggingConfigurationIdentifiers'),
  'AWS::Lambda::Alias': optional(
    ...['FunctionName', 'FunctionVersion', 'Name', 'ProvisionedConcurrencyConfig'],
  ),
  'AWS::Lambda::Function': some(
    ...['Code', 'Handler', 'Runtime', 'FunctionName', 'MemorySize', 'Timeout', 'Architectures'],
    ...['Description', 'Environment', 'Role', 'ReservedConcurrentExecutions'],
  ),
  'AWS::Lambda::Permission': some('Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'),
  'AWS::Lambda::Version': optional('FunctionName', 'CodeSha256', 'Description'),
  'AWS::Logs::LogGroup': some('LogGroupName', 'RetentionInDays'),
  'AWS::S3::Bucket': one('BucketEncryption', 'PublicAccessBlockConfiguration'),
  'AWS::S3::BucketPolicy': one('Bucket', 'PolicyDocument'),
};

/** What may stand beside a resource's properties. */
export const RESOURCE_ATTRIBUTES: readonly string[] = [
  ...['Type', 'Properties', 'DependsOn', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy'],
];
