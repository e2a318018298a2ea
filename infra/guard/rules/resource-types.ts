import type { Rule } from '../rule.ts';

/** Types that the rules know. Another one gets its rules first, and then its line here. */
const KNOWN = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolGroup',
  'AWS::DynamoDB::Table',
  'AWS::IAM::Role',
  'AWS::IVSChat::LoggingConfiguration',
  'AWS::IVSChat::Room',
  'AWS::Lambda::Alias',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
]);

export const resourceTypesAreKnown: Rule = {
  name: 'resource-types-are-known',
  *check({ Resources }) {
    for (const [id, { Type }] of Object.entries(Resources)) {
      if (!KNOWN.has(Type)) yield [id, `${Type} is a type that no rule in infra/guard looks at`];
    }
  },
};
