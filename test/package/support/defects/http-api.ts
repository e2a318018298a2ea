import { attribute, property, resource, type Seeds, sometimes, TOKENS, without } from './damage.ts';

const TOKENS_ROUTE = 'HttpApiRoutePostRoomsRoomidVarTokens';
const INTEGRATION = 'HttpApiIntegrationTokens';
const AUTHORIZER = 'HttpApiAuthorizerUserPool';
const ISSUER = ['JwtConfiguration', 'Issuer'];
const PERMISSION = 'TokensLambdaPermissionHttpApi';
const OURS = { Ref: 'HttpApi' };

const cors = (name: string, value: unknown) => property('HttpApi', ['CorsConfiguration', name], value);
const format = (value: unknown) => property('HttpApiStage', ['AccessLogSettings', 'Format'], value);
const target = (integration: string) => ({ 'Fn::Join': ['/', ['integrations', { Ref: integration }]] });

/** The API, its routes, its stage and its authorizer. */
export const HTTP_API_DEFECTS: Seeds = {
  'api-is-one': {
    'a route of another API': property('HttpApiRouteGetHealth', ['ApiId'], 'a1b2c3d4e5'),
    'a stage of another API': property('HttpApiStage', ['ApiId'], 'a1b2c3d4e5'),
    'a WebSocket API': property('HttpApi', ['ProtocolType'], 'WEBSOCKET'),
  },
  'cors-is-exact': {
    'open CORS': cors('AllowOrigins', ['*']),
    'CORS for every subdomain': cors('AllowOrigins', ['https://*.example.com']),
    'CORS for an origin more under a condition': cors('AllowOrigins', [
      'https://chat.example.com',
      sometimes('*'),
    ]),
    'CORS with credentials': cors('AllowCredentials', true),
    'CORS with credentials as a text': cors('AllowCredentials', 'true'),
    'CORS with every header': cors('AllowHeaders', ['*']),
    'CORS with every header under a condition': cors('AllowHeaders', sometimes(['*'])),
    'no CORS': property('HttpApi', ['CorsConfiguration'], undefined),
  },
  'routes-reach-their-function': {
    'a route that reaches another function': property(
      TOKENS_ROUTE,
      ['Target'],
      target('HttpApiIntegrationHealth'),
    ),
    'a route that reaches nothing': property(TOKENS_ROUTE, ['Target'], undefined),
    'two functions that have changed places': (t) => {
      property(INTEGRATION, ['IntegrationUri'], { 'Fn::GetAtt': ['ModerationLambdaFunction', 'Arn'] })(t);
      property('HttpApiIntegrationModeration', ['IntegrationUri'], { 'Fn::GetAtt': [TOKENS, 'Arn'] })(t);
    },
    'a route that serverless.yml does not have': resource('Any', 'AWS::ApiGatewayV2::Route', {
      ApiId: OURS,
      RouteKey: '$default',
      AuthorizationType: 'NONE',
      Target: target(INTEGRATION),
    }),
    'a route that is missing': without('HttpApiRouteGetHealth'),
  },
  'integrations-are-lambda-proxies': {
    'an integration that sends tokens elsewhere': (t) => {
      property(INTEGRATION, ['IntegrationType'], 'HTTP_PROXY')(t);
      property(INTEGRATION, ['IntegrationUri'], 'https://elsewhere.example')(t);
    },
    'an API that gives up before its functions do': property(INTEGRATION, ['TimeoutInMillis'], 50),
    'an integration without a proxy': property(INTEGRATION, ['IntegrationType'], 'AWS'),
    'requests in the old form': property(INTEGRATION, ['PayloadFormatVersion'], '1.0'),
    'an integration with a function of another account': property(
      INTEGRATION,
      ['IntegrationUri'],
      'arn:aws:lambda:eu-west-1:210987654321:function:tokens',
    ),
  },
  'api-may-invoke-its-functions': {
    'a function that the API calls and may not invoke': without(PERMISSION),
    'an API permission for another function': property(PERMISSION, ['FunctionName'], {
      'Fn::GetAtt': ['HealthLambdaFunction', 'Arn'],
    }),
    'an API permission for a function that has no route': (t) => {
      t.Resources.More = structuredClone(t.Resources[PERMISSION]);
      property('More', ['FunctionName'], { 'Fn::GetAtt': ['ReviewDashmessageLambdaFunction', 'Arn'] })(t);
    },
  },
  'stage-is-live': {
    'a stage that waits for a deployment': property('HttpApiStage', ['AutoDeploy'], false),
    'a stage that deploys under a condition': property('HttpApiStage', ['AutoDeploy'], sometimes(true)),
    'a stage under a path of its own': property('HttpApiStage', ['StageName'], 'prod'),
  },
  'throttled-routes-exist': {
    'a throttled route that the stage does not wait for': ({ Resources: { HttpApiStage } }) => {
      HttpApiStage.DependsOn = HttpApiStage.DependsOn.filter((id: string) => id !== TOKENS_ROUTE);
    },
    'throttling of a route that is not there': property(
      'HttpApiStage',
      ['RouteSettings', 'POST /room/{roomId}/tokens'],
      { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
    ),
    'no dependencies': attribute('HttpApiStage', 'DependsOn', undefined),
  },
  'throttling-within-quotas': {
    'no throttling': property('HttpApiStage', ['DefaultRouteSettings'], {}),
    'a burst beyond the quota of CreateChatToken': property(
      'HttpApiStage',
      ['RouteSettings', 'POST /rooms/{roomId}/tokens', 'ThrottlingBurstLimit'],
      300,
    ),
    'throttling under a condition': property(
      'HttpApiStage',
      ['DefaultRouteSettings', 'ThrottlingRateLimit'],
      sometimes(50),
    ),
  },
  'access-logs-without-people': {
    'no access log': property('HttpApiStage', ['AccessLogSettings'], undefined),
    'an access log elsewhere': property(
      'HttpApiStage',
      ['AccessLogSettings', 'DestinationArn'],
      'arn:aws:logs:eu-west-1:210987654321:log-group:requests',
    ),
    'an access log without a format': format(undefined),
    'an access log that says nothing': format('a request'),
    'IP addresses in the access log': format('$context.requestId $context.identity.sourceIp'),
    'user ids in the access log': format('$context.requestId $context.path'),
    'a format that is put together': format({ 'Fn::Sub': '$context.requestId $context.identity.sourceIp' }),
  },
  'authorizer-guards-all-or-none': {
    'one route that the authorizer leaves open': property(TOKENS_ROUTE, ['AuthorizationType'], 'NONE'),
    'a route that keeps whatever authorizer it has had': property(
      'HttpApiRouteGetHealth',
      ['AuthorizationType'],
      undefined,
    ),
    'a route that asks for a token and is for anybody': (t) => {
      property('HttpApiRouteGetHealth', ['AuthorizationType'], 'JWT')(t);
      property('HttpApiRouteGetHealth', ['AuthorizerId'], { Ref: AUTHORIZER })(t);
    },
    'a route with an authorizer from elsewhere': property(TOKENS_ROUTE, ['AuthorizerId'], 'a1b2c3'),
    'an authorizer that guards under a condition': property(TOKENS_ROUTE, ['AuthorizationType'], {
      'Fn::If': ['CreateRoom', 'JWT', 'NONE'],
    }),
  },
  'authorizer-trusts-the-user-pool': {
    'an authorizer that trusts another issuer': property(AUTHORIZER, ISSUER, 'https://login.example.com'),
    'an authorizer that trusts another user pool': property(
      AUTHORIZER,
      ISSUER,
      'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Xyz987654',
    ),
    'an authorizer that looks for an existing pool in this region': property(AUTHORIZER, ISSUER, {
      'Fn::Sub': [
        `https://cognito-idp.\${AWS::Region}.amazonaws.com/\${Pool}`,
        { Pool: { 'Fn::If': ['CreateUserPool', { Ref: 'UserPool' }, { Ref: 'ExistingUserPoolId' }] } },
      ],
    }),
    'an authorizer for every client': property(AUTHORIZER, ['JwtConfiguration', 'Audience'], undefined),
    'an authorizer for a client more': property(
      AUTHORIZER,
      ['JwtConfiguration', 'Audience'],
      [
        { 'Fn::If': ['CreateUserPool', { Ref: 'UserPoolClient' }, { Ref: 'ExistingUserPoolClientId' }] },
        '1example2client3id4abcde',
      ],
    ),
    'an authorizer that reads the token from the URL': property(
      AUTHORIZER,
      ['IdentitySource'],
      ['$request.querystring.token'],
    ),
  },
};
