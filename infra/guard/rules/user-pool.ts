import type { Rule } from '../rule.ts';
import { at, list, ofType, type Template } from '../template.ts';

/** Verification is offline: a role that was taken away counts until the access token ends. */
const ACCESS_TOKEN_MAX_MINUTES = 15;
const GROUPS = ['chat-admins', 'chat-moderators'];
/** Passwords leave the browser as SRP proofs only. */
const FLOWS: readonly unknown[] = ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

/** Accounts outlive the stack and are hard to guess. */
export const userPoolIsProtected: Rule = {
  name: 'user-pool-is-protected',
  *check(template) {
    for (const { id, properties, resource } of ofType(template, 'AWS::Cognito::UserPool')) {
      if (properties.DeletionProtection !== 'ACTIVE') yield [id, 'is not protected from deletion'];
      if (resource.DeletionPolicy !== 'Retain') yield [id, 'goes with its stack'];
      if (!(Number(at(properties, 'Policies', 'PasswordPolicy', 'MinimumLength')) >= 12))
        yield [id, 'takes short passwords'];
      if (at(properties, 'AdminCreateUserConfig', 'AllowAdminCreateUserOnly') === undefined) {
        yield [id, 'does not say who may create accounts (selfSignUp)'];
      }
    }
    const groups = ofType(template, 'AWS::Cognito::UserPoolGroup').map(
      ({ properties }) => properties.GroupName,
    );
    for (const group of GROUPS) if (!groups.includes(group)) yield ['template', `has no group ${group}`];
  },
};

/** The client of a browser: no secret, no password on the wire, short access tokens, no way to find out who exists. */
export const userPoolClientIsStrict: Rule = {
  name: 'user-pool-client-is-strict',
  *check(template) {
    for (const { id, properties } of ofType(template, 'AWS::Cognito::UserPoolClient')) {
      const unit = at(properties, 'TokenValidityUnits', 'AccessToken');
      if (unit !== 'minutes' || !(Number(properties.AccessTokenValidity) <= ACCESS_TOKEN_MAX_MINUTES)) {
        yield [
          id,
          `gives access tokens for ${properties.AccessTokenValidity} ${unit}; at most ${ACCESS_TOKEN_MAX_MINUTES} minutes are due`,
        ];
      }
      const weak = list(properties.ExplicitAuthFlows).find((flow) => !FLOWS.includes(flow));
      if (weak) yield [id, `allows ${weak}`];
      if (properties.PreventUserExistenceErrors !== 'ENABLED')
        yield [id, 'tells strangers who has an account'];
      if (properties.EnableTokenRevocation !== true) yield [id, 'cannot revoke refresh tokens'];
      if (properties.GenerateSecret !== false) yield [id, 'has a secret, which a browser cannot keep'];
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
    if (pool === undefined || client === undefined)
      yield ['Parameters', 'ExistingUserPoolId and ExistingUserPoolClientId are due'];
    else if ((pool === '') !== (client === ''))
      yield ['Parameters', 'userPoolId and userPoolClientId are given together'];
  },
};
