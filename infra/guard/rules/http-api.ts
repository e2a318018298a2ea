import type { Rule } from '../rule.ts';
import { at, dependenciesOf, list, ofType, render, type Template } from '../template.ts';

/** Routes that anybody may call. */
const OPEN_ROUTES = ['GET /health'];

/** Requests a second of the account (IVS Chat service quotas); of an operation that is not named the smallest one. */
const SMALLEST_QUOTA = 100;
const QUOTAS: ReadonlyMap<string, number> = new Map([['POST /rooms/{roomId}/tokens', 200]]);

/** What tells who somebody is or where they are; paths hold user ids. */
const PERSONAL = /\$context\.(?:identity|authorizer|path|extendedRequestId|customDomain)/;

const routesOf = (template: Template) => ofType(template, 'AWS::ApiGatewayV2::Route');
const stagesOf = (template: Template) => ofType(template, 'AWS::ApiGatewayV2::Stage');

/** Browsers may call from origins that are written out, never from any, and never with cookies. */
export const corsIsExact: Rule = {
  name: 'cors-is-exact',
  *check(template) {
    for (const { id, properties } of ofType(template, 'AWS::ApiGatewayV2::Api')) {
      const cors = properties.CorsConfiguration;
      const origins = list(at(cors, 'AllowOrigins')).map(String);
      if (origins.length === 0) yield [id, 'allows no origin'];
      for (const origin of origins) {
        if (!/^https?:\/\/[a-z0-9.-]+(?::\d+)?$/.test(origin))
          yield [id, `allows ${origin}, which is no exact origin`];
      }
      if (list(at(cors, 'AllowHeaders')).includes('*')) yield [id, 'allows every header'];
      if (at(cors, 'AllowCredentials') === true) yield [id, 'allows credentials; callers send bearer tokens'];
    }
  },
};

/** Settings for a route that does not exist yet make API Gateway refuse the stage. */
export const throttledRoutesExist: Rule = {
  name: 'throttled-routes-exist',
  *check(template) {
    for (const { id, resource, properties } of stagesOf(template)) {
      for (const routeKey of Object.keys(properties.RouteSettings ?? {})) {
        const route = routesOf(template).find((one) => one.properties.RouteKey === routeKey);
        if (!route) yield [id, `has settings for ${routeKey}, which is no route`];
        else if (!dependenciesOf(resource).includes(route.id)) yield [id, `does not wait for ${route.id}`];
      }
    }
  },
};

/** Rate and burst are the most that a second can bring: together they stay within what IVS Chat takes of the account. */
export const throttlingWithinQuotas: Rule = {
  name: 'throttling-within-quotas',
  *check(template) {
    if (stagesOf(template).length === 0) yield ['template', 'has no stage'];
    for (const { id, properties } of stagesOf(template)) {
      const settings = Object.entries(properties.RouteSettings ?? {});
      for (const [name, values] of [['by default', properties.DefaultRouteSettings] as const, ...settings]) {
        const quota = QUOTAS.get(name) ?? SMALLEST_QUOTA;
        const most = Number(at(values, 'ThrottlingRateLimit')) + Number(at(values, 'ThrottlingBurstLimit'));
        if (!(most > 0 && most <= quota))
          yield [id, `lets ${most} requests a second through ${name}; at most ${quota} are due`];
      }
    }
  },
};

/** Every request leaves a line, and no line tells who called or from where. */
export const accessLogsWithoutPeople: Rule = {
  name: 'access-logs-without-people',
  *check(template) {
    for (const { id, properties } of stagesOf(template)) {
      const format = String(at(properties, 'AccessLogSettings', 'Format') ?? '');
      if (at(properties, 'AccessLogSettings', 'DestinationArn') === undefined)
        yield [id, 'has no access log'];
      const personal = PERSONAL.exec(format);
      if (personal) yield [id, `logs ${personal[0]}`];
    }
  },
};

/** The gateway's authorizer guards every route but the open ones, or, switched off, none: the functions always verify. */
export const authorizerGuardsAllOrNone: Rule = {
  name: 'authorizer-guards-all-or-none',
  *check(template) {
    const guarded = routesOf(template).filter(({ properties }) => properties.AuthorizationType === 'JWT');
    for (const { id, properties } of routesOf(template)) {
      const open = OPEN_ROUTES.includes(String(properties.RouteKey));
      const isGuarded = guarded.some((route) => route.id === id);
      if (open && isGuarded) yield [id, 'asks for a token, and is for anybody'];
      if (!open && !isGuarded && guarded.length > 0)
        yield [id, 'is not guarded by the authorizer that guards others'];
    }
    for (const { id, properties } of ofType(template, 'AWS::ApiGatewayV2::Authorizer')) {
      const issuer = render(at(properties, 'JwtConfiguration', 'Issuer'));
      if (properties.AuthorizerType !== 'JWT') yield [id, `is of type ${properties.AuthorizerType}`];
      if (!issuer.startsWith('https://cognito-idp.')) yield [id, `trusts ${issuer}`];
    }
  },
};
