import { attribute, entry, properties, property, type Seeds, sometimes, without } from './damage.ts';

const BUCKET_POLICY = 'ServerlessDeploymentBucketPolicy';
const S3_ARN = `arn:\${AWS::Partition}:s3:::`;
const PASSWORDS = ['Policies', 'PasswordPolicy'];

/** What is kept: data, code and accounts. */
export const STORAGE_DEFECTS: Seeds = {
  'table-is-protected': {
    'a table without point-in-time recovery': property(
      'Table',
      ['PointInTimeRecoverySpecification'],
      undefined,
    ),
    'recovery under a condition': property(
      'Table',
      ['PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'],
      sometimes(true),
    ),
    'a table that is encrypted with another account’s key': property('Table', ['SSESpecification'], {
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: 'arn:aws:kms:eu-west-1:210987654321:key/k',
    }),
    'a table that may be deleted': property('Table', ['DeletionProtectionEnabled'], false),
    'a table with capacity that somebody has to set': property('Table', ['BillingMode'], 'PROVISIONED'),
    'a table that sweeps up by another attribute': property(
      'Table',
      ['TimeToLiveSpecification', 'AttributeName'],
      'dueAt',
    ),
    'a table that goes with its stack': attribute('Table', 'DeletionPolicy', undefined),
    'a table that goes when it is replaced': attribute('Table', 'UpdateReplacePolicy', 'Snapshot'),
  },
  'buckets-are-private': {
    'a public bucket': property('ServerlessDeploymentBucket', ['PublicAccessBlockConfiguration'], undefined),
    'a bucket that is public in one way': property(
      'ServerlessDeploymentBucket',
      ['PublicAccessBlockConfiguration', 'BlockPublicPolicy'],
      false,
    ),
    'a bucket that is encrypted under a condition': (t) => {
      const bucket = properties(t, 'ServerlessDeploymentBucket');
      bucket.BucketEncryption = sometimes(bucket.BucketEncryption);
    },
  },
  'bucket-policy-only-denies': {
    'another account that may write code': (t) =>
      properties(t, BUCKET_POLICY).PolicyDocument.Statement.push({
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::210987654321:root' },
        Action: 's3:PutObject',
        Resource: { 'Fn::GetAtt': ['ServerlessDeploymentBucket', 'Arn'] },
      }),
    'another account that may write code under a condition': (t) =>
      properties(t, BUCKET_POLICY).PolicyDocument.Statement.push(
        sometimes({ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }),
      ),
    'a bucket policy that denies nothing': property(BUCKET_POLICY, ['PolicyDocument', 'Statement'], []),
    'a policy of another bucket': (t) => {
      property(BUCKET_POLICY, ['Bucket'], 'somebody-elses')(t);
      const own = ['somebody-elses/*', 'somebody-elses'].map((name) => ({
        'Fn::Sub': `${S3_ARN}${name}`,
      }));
      property(BUCKET_POLICY, ['PolicyDocument', 'Statement', '0', 'Resource'], own)(t);
    },
  },
  'accounts-outlive-the-stack': {
    'a user pool that goes with its stack': attribute('UserPool', 'DeletionPolicy', undefined),
    'a user pool that goes when it is replaced': attribute('UserPool', 'UpdateReplacePolicy', undefined),
    'a user pool that may be deleted': property('UserPool', ['DeletionProtection'], 'INACTIVE'),
    'a client that goes with its stack': attribute('UserPoolClient', 'DeletionPolicy', 'Delete'),
    'a group that goes with its stack': attribute('ModeratorsGroup', 'DeletionPolicy', undefined),
  },
  'user-pool-is-protected': {
    'passwords of one kind of characters': property('UserPool', [...PASSWORDS, 'RequireNumbers'], false),
    'two accounts of one address': property('UserPool', ['UsernameConfiguration'], { CaseSensitive: true }),
    'no second factor': property('UserPool', ['MfaConfiguration'], 'OFF'),
    'a second factor under a condition': property('UserPool', ['MfaConfiguration'], sometimes('OPTIONAL')),
    'a second factor by SMS': property('UserPool', ['EnabledMfas'], ['SMS_MFA']),
    'short passwords': property('UserPool', [...PASSWORDS, 'MinimumLength'], 6),
    'another first factor': property('UserPool', ['Policies', 'SignInPolicy'], {
      AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'],
    }),
    'no word on who may create accounts': property(
      'UserPool',
      ['AdminCreateUserConfig', 'AllowAdminCreateUserOnly'],
      undefined,
    ),
    'a word on who may create accounts that is no plain one': property(
      'UserPool',
      ['AdminCreateUserConfig', 'AllowAdminCreateUserOnly'],
      sometimes(true),
    ),
    'invitations of one’s own': property('UserPool', ['AdminCreateUserConfig', 'InviteMessageTemplate'], {
      EmailMessage: '{username} {####}',
    }),
    'sign-in by telephone': property('UserPool', ['UsernameAttributes'], ['phone_number']),
    'addresses that nobody verifies': property('UserPool', ['AutoVerifiedAttributes'], undefined),
    'accounts that are given back by telephone': property('UserPool', ['AccountRecoverySetting'], {
      RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 1 }],
    }),
  },
  'groups-are-there': {
    'a group that is missing': without('ModeratorsGroup'),
    'a group that carries no role': (t) => {
      t.Resources.More = structuredClone(t.Resources.AdminsGroup);
      property('More', ['GroupName'], 'more')(t);
    },
    'a group by another name': property('ModeratorsGroup', ['GroupName'], 'moderators'),
    'a group in another user pool': property('AdminsGroup', ['UserPoolId'], 'eu-west-1_Xyz987654'),
  },
  'user-pool-client-is-strict': {
    'ID tokens for a day': property('UserPoolClient', ['IdTokenValidity'], 1440),
    'refresh tokens for ten years': property('UserPoolClient', ['RefreshTokenValidity'], 3650),
    'access tokens for a day': property('UserPoolClient', ['AccessTokenValidity'], 1440),
    'access tokens for Cognito’s default': property('UserPoolClient', ['AccessTokenValidity'], 0),
    'access tokens for 15 hours': property('UserPoolClient', ['TokenValidityUnits', 'AccessToken'], 'hours'),
    'passwords on the wire': (t) =>
      properties(t, 'UserPoolClient').ExplicitAuthFlows.push('ALLOW_USER_PASSWORD_AUTH'),
    'passwords on the wire under a condition': property(
      'UserPoolClient',
      ['ExplicitAuthFlows'],
      sometimes(['ALLOW_USER_PASSWORD_AUTH']),
    ),
    'a client that tells who has an account': property(
      'UserPoolClient',
      ['PreventUserExistenceErrors'],
      'LEGACY',
    ),
    'refresh tokens that cannot be revoked': property('UserPoolClient', ['EnableTokenRevocation'], false),
    'sign-in by others': property('UserPoolClient', ['SupportedIdentityProviders'], ['COGNITO', 'Google']),
    'a client of another user pool': property('UserPoolClient', ['UserPoolId'], 'eu-west-1_Xyz987654'),
    'a secret': property('UserPoolClient', ['GenerateSecret'], true),
  },
  'existing-pool-with-its-client': {
    'an existing user pool without its client': entry(
      ['Parameters', 'ExistingUserPoolId', 'Default'],
      'eu-west-1_Abc123456',
    ),
  },
};
