import { type Problem, type Rule, unlike } from '../rule.ts';
import { at, type Named, ofType, type Template } from '../template.ts';

const GROUPS = ['chat-admins', 'chat-moderators'];
const POOL = { Ref: 'UserPool' };
/** What a user pool is of no use without. */
const KEPT_TYPES = ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient', 'AWS::Cognito::UserPoolGroup'];

/** Accounts and roles outlive the stack: pool, client and groups stay together. */
export const accountsOutliveTheStack: Rule = {
  name: 'accounts-outlive-the-stack',
  *check(template) {
    for (const { id, resource } of KEPT_TYPES.flatMap((type) => ofType(template, type))) {
      if (resource.DeletionPolicy !== 'Retain') yield [id, 'goes with its stack'];
      if (resource.UpdateReplacePolicy !== 'Retain') yield [id, 'goes when it is replaced'];
    }
    for (const { id, properties } of ofType(template, 'AWS::Cognito::UserPool'))
      if (properties.DeletionProtection !== 'ACTIVE') yield [id, 'is not protected from deletion'];
  },
};

/** Accounts are hard to guess, hard to take over, and made by whom selfSignUp says. */
export const userPoolIsProtected: Rule = {
  name: 'user-pool-is-protected',
  *check(template) {
    for (const { id, properties } of ofType(template, 'AWS::Cognito::UserPool')) {
      const { AdminCreateUserConfig, Policies } = properties;
      const adminOnly = at(AdminCreateUserConfig, 'AllowAdminCreateUserOnly');
      yield* passwordProblems(id, at(Policies, 'PasswordPolicy'));
      if (typeof adminOnly !== 'boolean') yield [id, 'does not say who may create accounts (selfSignUp)'];
      yield* unlike(id, [
        [Object.keys(Policies ?? {}), ['PasswordPolicy'], 'has another policy than for passwords'],
        [AdminCreateUserConfig, { AllowAdminCreateUserOnly: adminOnly }, 'writes invitations of its own'],
        [properties.EnabledMfas, ['SOFTWARE_TOKEN_MFA'], 'has another second factor than an app'],
        [properties.UsernameConfiguration, { CaseSensitive: false }, 'takes one address for several'],
        [properties.UsernameAttributes, ['email'], 'signs in by something else than e-mail'],
        [properties.AutoVerifiedAttributes, ['email'], 'does not verify e-mail addresses'],
        [
          properties.AccountRecoverySetting,
          { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
          'gives accounts back by something else than a verified e-mail address',
        ],
      ]);
      if (!['OPTIONAL', 'ON'].includes(properties.MfaConfiguration as string))
        yield [id, 'lets nobody have a second factor'];
    }
  },
};

/** The groups that carry roles are there, in this pool, and carry nothing of AWS's. */
export const groupsAreThere: Rule = {
  name: 'groups-are-there',
  *check(template) {
    const groups = ofType(template, 'AWS::Cognito::UserPoolGroup');
    for (const name of GROUPS)
      if (!groups.some(({ properties }) => properties.GroupName === name))
        yield ['template', `has no group ${name}`];
    for (const { id, properties } of groups) {
      if (!GROUPS.includes(properties.GroupName as string)) yield [id, 'is a group that carries no role'];
      yield* unlike(id, [[properties.UserPoolId, POOL, 'is in another user pool']]);
    }
  },
};

/** The client of a browser: no secret, no password on the wire, short access tokens, no way to find out who exists. */
export const userPoolClientIsStrict: Rule = {
  name: 'user-pool-client-is-strict',
  *check(template) {
    for (const { id, properties } of ofType(template, 'AWS::Cognito::UserPoolClient')) {
      yield* tokenLives({ id, properties });
      yield* unlike(id, [
        [properties.UserPoolId, POOL, 'is of another user pool'],
        [
          properties.ExplicitAuthFlows,
          ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
          'signs in by another flow than SRP',
        ],
        [properties.SupportedIdentityProviders, ['COGNITO'], 'lets others than Cognito sign in'],
        [properties.PreventUserExistenceErrors, 'ENABLED', 'tells strangers who has an account'],
        [properties.EnableTokenRevocation, true, 'cannot revoke refresh tokens'],
        [properties.GenerateSecret, false, 'has a secret, which a browser cannot keep'],
      ]);
    }
  },
};

/** A pool without its client, or the other way round, would be found out by the first function that starts. */
export const existingPoolWithItsClient: Rule = {
  name: 'existing-pool-with-its-client',
  *check({ Parameters = {} }: Template) {
    const [pool, client] = ['ExistingUserPoolId', 'ExistingUserPoolClientId'].map(
      (name) => Parameters[name]?.Default,
    );
    if ((pool === '') !== (client === ''))
      yield ['Parameters', 'userPoolId and userPoolClientId are given together'];
  },
};

function* passwordProblems(id: string, policy: unknown): Iterable<Problem> {
  const length = at(policy, 'MinimumLength');
  if (typeof length !== 'number' || length < 12) yield [id, 'takes short passwords'];
  for (const kind of ['RequireLowercase', 'RequireUppercase', 'RequireNumbers'])
    if (at(policy, kind) !== true) yield [id, `takes passwords without ${kind}`];
}

/** How long tokens live, in these units: at least (Cognito's least), at most. */
const TOKEN_LIVES: readonly (readonly [token: string, unit: string, least: number, most: number])[] = [
  // Verification is offline: a role that was taken away counts until the access token ends.
  ['AccessToken', 'minutes', 5, 15],
  ['IdToken', 'minutes', 5, 15],
  ['RefreshToken', 'days', 1, 30],
];

function* tokenLives({ id, properties }: Pick<Named, 'id' | 'properties'>): Iterable<Problem> {
  for (const [token, unit, least, most] of TOKEN_LIVES) {
    const life = properties[`${token}Validity`];
    const isUnit = at(properties.TokenValidityUnits, token) === unit;
    if (!isUnit || typeof life !== 'number' || life < least || life > most)
      yield [id, `has another ${token}Validity than ${least} to ${most} ${unit}`];
  }
}
