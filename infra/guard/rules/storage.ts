import { isDeepStrictEqual } from 'node:util';
import { render } from '../render.ts';
import { type Rule, unlike } from '../rule.ts';
import { at, ofType } from '../template.ts';

/** Bans and the action log: nothing is lost by a mistake, nothing is readable on a stolen disk. */
export const tableIsProtected: Rule = {
  name: 'table-is-protected',
  *check(template) {
    for (const { id, properties, resource } of ofType(template, 'AWS::DynamoDB::Table')) {
      const { PointInTimeRecoverySpecification, SSESpecification, TimeToLiveSpecification } = properties;
      yield* unlike(id, [
        [
          PointInTimeRecoverySpecification,
          { PointInTimeRecoveryEnabled: true },
          'has no point-in-time recovery, or another one',
        ],
        [SSESpecification, { SSEEnabled: true }, 'is not encrypted with AWS’s KMS key for tables'],
        [
          TimeToLiveSpecification,
          { AttributeName: 'deleteAfter', Enabled: true },
          'does not sweep up by deleteAfter',
        ],
        [properties.DeletionProtectionEnabled, true, 'is not protected from deletion'],
        [properties.BillingMode, 'PAY_PER_REQUEST', 'is not billed on demand'],
        [resource.DeletionPolicy, 'Retain', 'goes with its stack'],
        [resource.UpdateReplacePolicy, 'Retain', 'goes when it is replaced'],
      ]);
    }
  },
};

/** The bucket that osls uploads code to. */
export const bucketsArePrivate: Rule = {
  name: 'buckets-are-private',
  *check(template) {
    const block = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    const encryption = {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    };
    for (const { id, properties } of ofType(template, 'AWS::S3::Bucket')) {
      if (!isDeepStrictEqual(properties.PublicAccessBlockConfiguration, block))
        yield [id, 'does not block public access in all four ways'];
      if (!isDeepStrictEqual(properties.BucketEncryption, encryption)) yield [id, 'is not encrypted'];
    }
  },
};

/** The bucket's policy refuses what is not encrypted on the way, and grants nothing. */
export const bucketPolicyOnlyDenies: Rule = {
  name: 'bucket-policy-only-denies',
  *check(template) {
    for (const { id, properties } of ofType(template, 'AWS::S3::BucketPolicy')) {
      const bucket = render(properties.Bucket);
      if (!ofType(template, 'AWS::S3::Bucket').some((one) => `\${${one.id}}` === bucket))
        yield [id, `is the policy of ${bucket}, which is no bucket of this template`];
      const statements = at(properties, 'PolicyDocument', 'Statement');
      const rendered = Array.isArray(statements) ? statements.map(withRenderedResource) : statements;
      if (!isDeepStrictEqual(rendered, [denialOfPlainHttp(bucket)]))
        yield [id, 'is not the one statement that denies requests without TLS'];
    }
  },
};

const withRenderedResource = (statement: object | null) => ({
  ...statement,
  Resource: render(at(statement, 'Resource')),
});

const denialOfPlainHttp = (bucket: string) => ({
  Action: 's3:*',
  Effect: 'Deny',
  Principal: '*',
  Resource: `[arn:\${AWS::Partition}:s3:::${bucket}/*, arn:\${AWS::Partition}:s3:::${bucket}]`,
  Condition: { Bool: { 'aws:SecureTransport': false } },
});
