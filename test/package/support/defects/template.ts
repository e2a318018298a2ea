import {
  attribute,
  type Damageable,
  entry,
  property,
  resource,
  type Seeds,
  TOKENS,
  without,
} from './damage.ts';

const DEFAULT = 'Default';

/** What the template consists of, and under which conditions. */
export const TEMPLATE_DEFECTS: Seeds = {
  'template-is-plain': {
    'a transformation': entry(['Transform'], 'AWS::Serverless-2016-10-31'),
    mappings: entry(['Mappings'], { Of: { Pool: { Id: 'eu-west-1_Abc123456' } } }),
    'a value of another stack': property(TOKENS, ['Description'], { 'Fn::ImportValue': 'description' }),
    'a transformation inside a resource': property('Room', ['Name'], {
      'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/name.yml' } },
    }),
    'a value that Systems Manager has': property('Room', ['Name'], '{{resolve:ssm:/room/name}}'),
  },
  'resource-types-are-known': {
    'a type of resource that no rule looks at': resource('Topic', 'AWS::SNS::Topic', {}),
    'a policy beside the roles': resource('More', 'AWS::IAM::Policy', {
      PolicyName: 'more',
      Roles: [{ Ref: 'TokensRole' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'ivschat:*', Resource: '*' }],
      },
    }),
    'a function URL': resource('Url', 'AWS::Lambda::Url', {
      AuthType: 'NONE',
      TargetFunctionArn: { 'Fn::GetAtt': [TOKENS, 'Arn'] },
    }),
    'a layer that everybody may use': resource('Open', 'AWS::Lambda::LayerVersionPermission', {
      Action: 'lambda:GetLayerVersion',
      LayerVersionArn: 'arn:aws:lambda:eu-west-1:123456789012:layer:l:1',
      Principal: '*',
    }),
  },
  'resources-are-complete': {
    'no bucket policy': without('ServerlessDeploymentBucketPolicy'),
    'a second client of the user pool': (t) => {
      t.Resources.Another = t.Resources.UserPoolClient;
    },
  },
  'properties-are-known': {
    'a table that another account may read': property('Table', ['ResourcePolicy'], {
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: '210987654321' }, Action: 'dynamodb:*', Resource: '*' },
        ],
      },
    }),
    'a layer in a function': property(
      TOKENS,
      ['Layers'],
      ['arn:aws:lambda:eu-west-1:210987654321:layer:l:1'],
    ),
    'a file system in a function': property(
      TOKENS,
      ['FileSystemConfigs'],
      [
        {
          Arn: 'arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0',
          LocalMountPath: '/mnt/code',
        },
      ],
    ),
    'a function in a VPC': property(TOKENS, ['VpcConfig'], { SubnetIds: [], SecurityGroupIds: [] }),
    'triggers of the user pool': property('UserPool', ['LambdaConfig'], {
      PreTokenGeneration: 'arn:aws:lambda:eu-west-1:210987654321:function:groups',
    }),
    'OAuth flows of the client': property('UserPoolClient', ['AllowedOAuthFlows'], ['implicit']),
    'callbacks of the client': property('UserPoolClient', ['CallbackURLs'], ['https://elsewhere.example']),
    'a group that carries a role of AWS’s': property('AdminsGroup', ['RoleArn'], {
      'Fn::GetAtt': ['TokensRole', 'Arn'],
    }),
    'a table that cannot be replaced, for it has a name': property('Table', ['TableName'], 'roomkeeper'),
    'a managed policy': property(
      'HealthRole',
      ['ManagedPolicyArns'],
      ['arn:aws:iam::aws:policy/AdministratorAccess'],
    ),
    'an alias that weighs versions': property('ReviewDashmessageProvConcLambdaAlias', ['RoutingConfig'], {
      AdditionalVersionWeights: [{ FunctionVersion: '1', FunctionWeight: 0.5 }],
    }),
    'a policy for updates': attribute('Table', 'UpdatePolicy', { UseOnlineResharding: true }),
  },
  'parameters-are-due': {
    'a room id without a pattern': entry(['Parameters', 'ExistingRoomId', 'AllowedPattern'], undefined),
    'every room as the existing one': entry(['Parameters', 'ExistingRoomId', DEFAULT], '*'),
    'every room as the existing one, which the pattern lets through': (t: Damageable) => {
      t.Parameters.ExistingRoomId = { ...t.Parameters.ExistingRoomId, Default: '*', AllowedPattern: '.*' };
    },
    'a user pool id with a looser pattern': entry(
      ['Parameters', 'ExistingUserPoolId', 'AllowedPattern'],
      '^.*$',
    ),
    'a switch that takes any word': entry(['Parameters', 'ChatLogging', 'AllowedValues'], undefined),
    'a parameter that is looked up': entry(
      ['Parameters', 'ExistingRoomId', 'Type'],
      'AWS::SSM::Parameter::Value<String>',
    ),
    'a number that equals no 0': entry(['Parameters', 'ReviewReservedConcurrency', DEFAULT], '00'),
    'a parameter more': entry(['Parameters', 'Debug'], { Type: 'String', Default: '' }),
    'a parameter without a default': entry(['Parameters', 'ExistingUserPoolId', DEFAULT], undefined),
  },
  'conditions-are-due': {
    'a room that is always made': entry(['Conditions', 'CreateRoom'], { 'Fn::Equals': ['', ''] }),
    'a user pool that is made when one is given': entry(['Conditions', 'CreateUserPool'], {
      'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'ExistingUserPoolId' }, ''] }],
    }),
    'a chat that is logged when that is switched off': entry(['Conditions', 'LogChat'], {
      Condition: 'CreateRoom',
    }),
    'a reservation that is never made': entry(['Conditions', 'ReserveReview'], { 'Fn::Equals': ['a', 'b'] }),
    'a condition more': entry(['Conditions', 'Debug'], { 'Fn::Equals': ['a', 'b'] }),
  },
  'resources-carry-their-condition': {
    'a room that is made beside an existing one': attribute('Room', 'Condition', undefined),
    'a chat log under the room’s condition': attribute('ChatLogGroup', 'Condition', 'CreateRoom'),
    'no chat log, where it is due under a condition': without('ChatLogGroup'),
    'a table that is made sometimes': attribute('Table', 'Condition', 'LogChat'),
  },
};
