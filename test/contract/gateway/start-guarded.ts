import type { GatewayOptions } from '../../../infra/local/gateway/index.ts';
import { type FixtureGateway, type RawResponse, sendRaw, startFixtures } from './start-fixtures.ts';

export const ORIGIN = 'https://chat.example.com';
const SERVERLESS_YML = `
service: fixtures
provider:
  name: aws
  httpApi:
    cors: { allowedOrigins: ['${ORIGIN}'], allowedMethods: [GET], allowedHeaders: [authorization] }
    authorizers:
      userPool:
        type: jwt
        identitySource: '$request.header.Authorization'
        issuerUrl: !Sub 'https://cognito-idp.\${AWS::Region}.amazonaws.com/\${UserPool}'
        audience: [another-client, !Ref UserPoolClient]
functions:
  echo:
    handler: dist/echo/index.handler
    events:
      - httpApi: { method: GET, path: /open }
      - httpApi: { method: ANY, path: /guarded, authorizer: userPool }
      - httpApi: { method: GET, path: /scoped, authorizer: { name: userPool, scopes: [rooms/write, rooms/read] } }
      - httpApi: { method: GET, path: /own, authorizer: { name: userPool, scopes: [aws.cognito.signin.user.admin] } }
`;

/** What a function behind the authorizer sees of it. */
interface Event {
  readonly requestContext: {
    readonly authorizer?: {
      readonly jwt: { readonly claims: Record<string, unknown>; readonly scopes: string[] | null };
    };
  };
}

/** A gateway whose routes ask for tokens of one user pool. */
export interface GuardedGateway extends FixtureGateway {
  /** GET with an authorization header for each value. */
  get(path: string, ...authorization: string[]): Promise<RawResponse>;
  /** How many events the function got. */
  invocations(): number;
}

/** @param pool whose tokens are asked for, and where its keys are. */
export async function startGuarded(
  pool: { userPoolId: string; clientId: string; jwksOrigin: string },
  overrides: Partial<GatewayOptions> = {},
): Promise<GuardedGateway> {
  const { userPoolId, clientId, jwksOrigin } = pool;
  const references = { 'AWS::Region': 'eu-west-1', UserPool: userPoolId, UserPoolClient: clientId };
  const fixtures = await startFixtures(SERVERLESS_YML, { references, jwksOrigin, ...overrides });
  return {
    ...fixtures,
    get: (path, ...authorization) =>
      sendRaw(fixtures.gateway.apiUrl, path, {
        headers: authorization.flatMap((value) => ['Authorization', value]),
      }),
    invocations: () => fixtures.gateway.instances().reduce((sum, { invocations }) => sum + invocations, 0),
  };
}

/** What the function was told about the caller. */
export function jwtOf({ body }: RawResponse) {
  return (JSON.parse(body) as Event).requestContext.authorizer?.jwt;
}
