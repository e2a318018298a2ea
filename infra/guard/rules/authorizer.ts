import { USER_POOL, USER_POOL_CLIENT } from '../due-values.ts';
import { render } from '../render.ts';
import { type Rule, unlike } from '../rule.ts';
import { ofType, type Template } from '../template.ts';

/** Routes that anybody may call. */
const OPEN_ROUTES: readonly unknown[] = ['GET /health'];

/** An existing pool may be in another region, which its id begins with. */
const ISSUER = `https://cognito-idp.\${select(0; \${split(_; ${USER_POOL})})}.amazonaws.com/${USER_POOL}`;

const authorizersOf = (template: Template) => ofType(template, 'AWS::ApiGatewayV2::Authorizer');

/**
 * The gateway's authorizer guards every route but the open ones, or, switched off, none: the functions always verify. Each
 * route says so, because CloudFormation leaves an authorizer where it is when the property disappears.
 */
export const authorizerGuardsAllOrNone: Rule = {
  name: 'authorizer-guards-all-or-none',
  *check(template) {
    const [authorizer] = authorizersOf(template);
    for (const { id, properties } of ofType(template, 'AWS::ApiGatewayV2::Route')) {
      const guarded = authorizer !== undefined && !OPEN_ROUTES.includes(properties.RouteKey);
      const type = guarded ? 'JWT' : 'NONE';
      const reference = guarded ? `\${${authorizer.id}}` : 'undefined';
      yield* unlike(id, [
        [properties.AuthorizationType, type, `has not the AuthorizationType ${type}`],
        [render(properties.AuthorizerId), reference, `has another AuthorizerId than ${reference}`],
      ]);
    }
  },
};

/** The authorizer takes access tokens of our user pool for our client, from where the functions read them. */
export const authorizerTrustsTheUserPool: Rule = {
  name: 'authorizer-trusts-the-user-pool',
  *check(template) {
    for (const { id, properties } of authorizersOf(template)) {
      const { Issuer, Audience } = (properties.JwtConfiguration ?? {}) as Record<string, unknown>;
      yield* unlike(id, [
        [properties.AuthorizerType, 'JWT', 'is no JWT authorizer'],
        [properties.IdentitySource, ['$request.header.Authorization'], 'looks for tokens elsewhere'],
        [render(Issuer), ISSUER, `trusts ${render(Issuer)}; ${ISSUER} is due`],
        [render(Audience), `[${USER_POOL_CLIENT}]`, `takes tokens for ${render(Audience)}`],
      ]);
    }
  },
};
