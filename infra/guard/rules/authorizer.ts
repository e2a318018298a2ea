import { USER_POOL, USER_POOL_CLIENT } from '../due-values.ts';
import { render } from '../render.ts';
import type { Due, Rule } from '../rule.ts';
import { at, ofType, type Template } from '../template.ts';

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
      const due: readonly Due[] = [
        [properties.AuthorizationType, guarded ? 'JWT' : 'NONE', 'AuthorizationType'],
        [render(properties.AuthorizerId), guarded ? `\${${authorizer.id}}` : 'undefined', 'AuthorizerId'],
      ];
      for (const [is, expected, name] of due)
        if (is !== expected) yield [id, `has ${render(is)} as ${name}; ${expected} is due`];
    }
  },
};

/** The authorizer takes access tokens of our user pool for our client, from where the functions read them. */
export const authorizerTrustsTheUserPool: Rule = {
  name: 'authorizer-trusts-the-user-pool',
  *check(template) {
    for (const { id, properties } of authorizersOf(template)) {
      const due: readonly Due[] = [
        [render(properties.AuthorizerType), 'JWT', 'type'],
        [render(properties.IdentitySource), '[$request.header.Authorization]', 'source'],
        [render(at(properties, 'JwtConfiguration', 'Issuer')), ISSUER, 'issuer'],
        [render(at(properties, 'JwtConfiguration', 'Audience')), `[${USER_POOL_CLIENT}]`, 'audience'],
      ];
      for (const [is, expected, name] of due)
        if (is !== expected) yield [id, `has ${is} as its ${name}; ${expected} is due`];
    }
  },
};
