import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { render } from '../render.ts';
import type { Rule } from '../rule.ts';
import { functionsOf, type NamedFunction, ofType, type Template } from '../template.ts';

const ROUTE_TABLE = fileURLToPath(import.meta.resolve('../../../serverless.yml'));

/** The longest that an HTTP API waits (API Gateway quotas): functions end by themselves long before. */
const TIMEOUT_MS = 30_000;

/** A route calls the function that has it in serverless.yml, and every route is there. */
export const routesReachTheirFunction: Rule = {
  name: 'routes-reach-their-function',
  *check(template) {
    const declared = declaredRoutes();
    const packaged = ofType(template, 'AWS::ApiGatewayV2::Route');
    for (const { id, properties } of packaged) {
      const reached = functionBehind(template, render(properties.Target));
      const due = declared.get(String(properties.RouteKey));
      if (due === undefined)
        yield [id, `is ${render(properties.RouteKey)}, which serverless.yml does not have`];
      else if (reached !== due) yield [id, `reaches ${reached ?? 'no function of ours'}; ${due} is due`];
    }
    for (const routeKey of declared.keys()) {
      if (!packaged.some(({ properties }) => properties.RouteKey === routeKey))
        yield ['template', `has no route ${routeKey}`];
    }
  },
};

/** The functions get the whole request in the form that they read. */
export const integrationsAreLambdaProxies: Rule = {
  name: 'integrations-are-lambda-proxies',
  *check(template) {
    for (const { id, properties } of ofType(template, 'AWS::ApiGatewayV2::Integration')) {
      const { IntegrationType, IntegrationUri, PayloadFormatVersion, TimeoutInMillis } = properties;
      if (IntegrationType !== 'AWS_PROXY') yield [id, `is ${render(IntegrationType)}; AWS_PROXY is due`];
      if (PayloadFormatVersion !== '2.0')
        yield [id, `sends payload format ${render(PayloadFormatVersion)}; 2.0 is due`];
      if (TimeoutInMillis !== TIMEOUT_MS)
        yield [id, `waits ${render(TimeoutInMillis)} ms; ${TIMEOUT_MS} are due`];
      if (!integrated(template, IntegrationUri))
        yield [id, `calls ${render(IntegrationUri)}, which is no function of this template`];
    }
  },
};

/** The API may invoke the functions that it calls, and those only. */
export const apiMayInvokeItsFunctions: Rule = {
  name: 'api-may-invoke-its-functions',
  *check(template) {
    const permitted = ofType(template, 'AWS::Lambda::Permission').filter(
      ({ properties }) => properties.Principal === 'apigateway.amazonaws.com',
    );
    const called = ofType(template, 'AWS::ApiGatewayV2::Integration').map(({ properties }) =>
      render(properties.IntegrationUri),
    );
    for (const uri of new Set(called)) {
      if (!permitted.some(({ properties }) => render(properties.FunctionName) === uri))
        yield ['template', `does not let the API invoke ${uri}`];
    }
    for (const { id, properties } of permitted) {
      const target = render(properties.FunctionName);
      if (!called.includes(target)) yield [id, `permits ${target}, which the API does not call`];
    }
  },
};

function functionBehind(template: Template, target: string): string | undefined {
  const integration = ofType(template, 'AWS::ApiGatewayV2::Integration').find(
    ({ id }) => target === `integrations/\${${id}}`,
  );
  return integrated(template, integration?.properties.IntegrationUri)?.key;
}

function integrated(template: Template, uri: unknown): NamedFunction | undefined {
  return functionsOf(template).find(({ id }) => render(uri) === `\${${id}.Arn}`);
}

/** @returns the key of the function that has a route, by the route's key. */
function declaredRoutes(): ReadonlyMap<string, string> {
  // The reader warns of CloudFormation's tags, which no route has.
  const { functions } = parse(readFileSync(ROUTE_TABLE, 'utf8'), { logLevel: 'error' }) as {
    functions: Record<string, { events?: { httpApi?: { method: string; path: string } }[] }>;
  };
  return new Map(
    Object.entries(functions).flatMap(([key, { events = [] }]) =>
      events.flatMap(({ httpApi }) => (httpApi ? [[`${httpApi.method} ${httpApi.path}`, key] as const] : [])),
    ),
  );
}
