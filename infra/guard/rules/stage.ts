import { render } from '../render.ts';
import type { Rule } from '../rule.ts';
import { at, dependenciesOf, ofType, type Template } from '../template.ts';

/** Requests a second of the account (IVS Chat service quotas); of an operation that is not named the smallest one. */
const SMALLEST_QUOTA = 100;
const QUOTAS: ReadonlyMap<string, number> = new Map([['POST /rooms/{roomId}/tokens', 200]]);

/** What an access log may say. Nothing else of `$context` is free of who somebody is and where; paths hold user ids. */
const IMPERSONAL: readonly string[] = [
  'requestId',
  'routeKey',
  'status',
  'responseLatency',
  'integrationLatency',
  'error.responseType',
];

const stagesOf = (template: Template) => ofType(template, 'AWS::ApiGatewayV2::Stage');

/** What is deployed is served: at the API's root, without another deployment by hand. */
export const stageIsLive: Rule = {
  name: 'stage-is-live',
  *check(template) {
    for (const { id, properties } of stagesOf(template)) {
      if (properties.AutoDeploy !== true) yield [id, 'does not deploy by itself (AutoDeploy)'];
      if (properties.StageName !== '$default') yield [id, 'is not the API’s $default stage'];
    }
  },
};

/** Settings for a route that does not exist yet make API Gateway refuse the stage. */
export const throttledRoutesExist: Rule = {
  name: 'throttled-routes-exist',
  *check(template) {
    const routes = ofType(template, 'AWS::ApiGatewayV2::Route');
    for (const { id, resource, properties } of stagesOf(template)) {
      for (const routeKey of Object.keys(properties.RouteSettings ?? {})) {
        const route = routes.find((one) => one.properties.RouteKey === routeKey);
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

/** Every request leaves a line in our log group, and no line tells who called or from where. */
export const accessLogsWithoutPeople: Rule = {
  name: 'access-logs-without-people',
  *check(template) {
    const groups = ofType(template, 'AWS::Logs::LogGroup').map((group) => `\${${group.id}.Arn}`);
    for (const { id, properties } of stagesOf(template)) {
      const { DestinationArn, Format } = (properties.AccessLogSettings ?? {}) as Record<string, unknown>;
      if (!groups.includes(render(DestinationArn)))
        yield [id, 'has no access log in a group of this template'];
      if (typeof Format !== 'string') {
        yield [id, `has ${render(Format)} as the format of its access log; a text is due`];
        continue;
      }
      const said = [...Format.matchAll(/\$context\.([\w.]+)/g)].map(([, name = '']) => name);
      if (said.length === 0) yield [id, 'logs nothing of a request'];
      for (const name of said) if (!IMPERSONAL.includes(name)) yield [id, `logs $context.${name}`];
    }
  },
};
