import type { Rule } from '../rule.ts';
import { at, ofType } from '../template.ts';

/** Bans and the action log: nothing is lost by a mistake, nothing is readable on a stolen disk. */
export const tableIsProtected: Rule = {
  name: 'table-is-protected',
  *check(template) {
    const tables = ofType(template, 'AWS::DynamoDB::Table');
    if (tables.length === 0) yield ['template', 'has no table'];
    for (const { id, properties, resource } of tables) {
      const due: readonly (readonly [unknown, unknown, string])[] = [
        [
          at(properties, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'),
          true,
          'has no point-in-time recovery',
        ],
        [at(properties, 'SSESpecification', 'SSEEnabled'), true, 'is not encrypted with a KMS key'],
        [at(properties, 'TimeToLiveSpecification', 'Enabled'), true, 'never sweeps up what has expired'],
        [properties.DeletionProtectionEnabled, true, 'is not protected from deletion'],
        [properties.BillingMode, 'PAY_PER_REQUEST', 'is not billed on demand'],
        [properties.TableName, undefined, 'has a name of its own, under which it cannot be replaced'],
        [resource.DeletionPolicy, 'Retain', 'goes with its stack'],
        [resource.UpdateReplacePolicy, 'Retain', 'goes when it is replaced'],
      ];
      for (const [is, expected, problem] of due) if (is !== expected) yield [id, problem];
    }
  },
};

/** The bucket that osls uploads code to. */
export const bucketsArePrivate: Rule = {
  name: 'buckets-are-private',
  *check(template) {
    for (const { id, properties } of ofType(template, 'AWS::S3::Bucket')) {
      const block = at(properties, 'PublicAccessBlockConfiguration');
      for (const option of [
        'BlockPublicAcls',
        'BlockPublicPolicy',
        'IgnorePublicAcls',
        'RestrictPublicBuckets',
      ]) {
        if (at(block, option) !== true) yield [id, `has no ${option}`];
      }
      if (at(properties, 'BucketEncryption') === undefined) yield [id, 'is not encrypted'];
    }
  },
};
