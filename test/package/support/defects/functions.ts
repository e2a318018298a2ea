import { arnOf } from '../../../../infra/guard/due-values.ts';
import { property, REVIEW, type Seeds, sometimes, TOKENS } from './damage.ts';

const variable = (name: string, value: unknown) =>
  property(TOKENS, ['Environment', 'Variables', name], value);

/** What runs, with what it is told, and who may invoke it. */
export const FUNCTION_DEFECTS: Seeds = {
  'functions-run-as-tested': {
    'another runtime': property('HealthLambdaFunction', ['Runtime'], 'nodejs22.x'),
    'a runtime under a condition': property(TOKENS, ['Runtime'], {
      'Fn::If': ['CreateRoom', 'nodejs24.x', 'nodejs22.x'],
    }),
    'another architecture': property('HealthLambdaFunction', ['Architectures'], ['x86_64']),
    'a time-out that is longer than callers wait': property(TOKENS, ['Timeout'], 60),
  },
  'functions-run-our-code': {
    'code from another bucket': property(TOKENS, ['Code', 'S3Bucket'], 'somebody-elses'),
    'the code of another function': property(TOKENS, ['Code', 'S3Key'], 'serverless/health.zip'),
    'an old version of the code': property(TOKENS, ['Code', 'S3ObjectVersion'], '1'),
    'a handler that is none of ours': (t) => {
      property(TOKENS, ['Handler'], 'index.handler')(t);
      property(TOKENS, ['Code', 'S3Key'], `serverless/${TOKENS}.zip`)(t);
    },
  },
  'environment-without-secrets': {
    'an access key as the value of a known variable': variable('AVATAR_IDS', 'AKIAIOSFODNN7EXAMPLE'),
  },
  'environment-is-due': {
    'a secret in the environment': variable('CLIENT_SECRET', 'hunter2'),
    'a key set from a developer’s machine': variable('LOCAL_JWKS_ORIGIN', 'http://127.0.0.1:1'),
    'a variable that is missing': variable('SOCKET_MODERATION', undefined),
    'no room at all': variable('REGISTERED_ROOMS', undefined),
    'no environment': property(TOKENS, ['Environment'], undefined),
    'a review that does not know its account': property(
      REVIEW,
      ['Environment', 'Variables', 'ACCOUNT_ID'],
      undefined,
    ),
    'a variable of another function': property(REVIEW, ['Environment', 'Variables', 'SESSION_MINUTES'], '60'),
    'a wrapper around the runtime': variable('AWS_LAMBDA_EXEC_WRAPPER', '/opt/wrapper'),
    'tokens of another user pool': variable('USER_POOL_ID', 'eu-west-1_Xyz987654'),
    'tokens of another client': variable('USER_POOL_CLIENT_ID', { Ref: 'ExistingUserPoolClientId' }),
    'another room': variable('REGISTERED_ROOMS', 'AbCdEf123456'),
    'the room that is made even where one is given': variable('REGISTERED_ROOMS', {
      'Fn::GetAtt': ['Room', 'Id'],
    }),
    'another account': variable('ACCOUNT_ID', '210987654321'),
    'what to do on failure under a condition': property(
      REVIEW,
      ['Environment', 'Variables', 'ON_FAILURE'],
      sometimes('deny'),
    ),
    'all variables under a condition': property(TOKENS, ['Environment', 'Variables'], sometimes({})),
    'an environment under a condition': property(TOKENS, ['Environment'], sometimes({ Variables: {} })),
  },
  'logs-end': {
    'logs that never end': property('TokensLogGroup', ['RetentionInDays'], undefined),
    'logs that end under a condition': property('TokensLogGroup', ['RetentionInDays'], sometimes(30)),
    'a log group of another name': property('TokensLogGroup', ['LogGroupName'], '/aws/lambda/other'),
  },
  'permissions-are-not-public': {
    'a public permission': property('ReviewPermission', ['Principal'], '*'),
    'a principal under a condition': property('ReviewPermission', ['Principal'], {
      'Fn::If': ['CreateRoom', 'ivschat.amazonaws.com', '*'],
    }),
    'a permission for more than to invoke': property('ReviewPermission', ['Action'], 'lambda:*'),
  },
  'permissions-are-pinned': {
    'a permission without SourceArn': property('ReviewPermission', ['SourceArn'], undefined),
    'a permission without SourceAccount': property('ReviewPermission', ['SourceAccount'], undefined),
    'a permission for the rooms of every account': property(
      'ReviewPermission',
      ['SourceArn'],
      'arn:aws:ivschat:*:*:room/*',
    ),
    'a permission for every room where one is given': property('ReviewPermission', ['SourceArn'], {
      'Fn::Sub': `${arnOf('ivschat')}:room/*`,
    }),
    'an API permission without SourceArn': property(
      'TokensLambdaPermissionHttpApi',
      ['SourceArn'],
      undefined,
    ),
    'an API permission for every API': property('TokensLambdaPermissionHttpApi', ['SourceArn'], {
      'Fn::Sub': `${arnOf('execute-api')}:*/*`,
    }),
  },
};
