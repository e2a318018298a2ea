import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { type Clock, createClock } from '../../../infra/local/clock.ts';
import { type Cognito, type CognitoOptions, startCognito } from '../../../infra/local/cognito/index.ts';
import { createFaultBoard, type FaultBoard } from '../../../infra/local/faults/board.ts';

const REGION = 'eu-west-1';
export const PASSWORD = 'Vi-likes-to-chat-1';

/** A user pool on a free port, with the AWS SDK's client for it. */
export interface UserPool extends Cognito {
  readonly sdk: CognitoIdentityProviderClient;
  readonly clock: Clock;
  readonly faults: FaultBoard;
  readonly logged: readonly string[];
}

export async function startUserPool(options: Partial<CognitoOptions> = {}): Promise<UserPool> {
  const clock = createClock();
  const faults = createFaultBoard();
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const cognito = await startCognito({
    region: REGION,
    port: 0,
    clock,
    faults,
    dataDir: null,
    log,
    ...options,
  });
  const sdk = new CognitoIdentityProviderClient({
    endpoint: cognito.endpoint,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    ...cognito,
    sdk,
    clock,
    faults,
    logged,
    async close() {
      sdk.destroy();
      await cognito.close();
    },
  };
}

/** InitiateAuth with a password. */
export function signIn(pool: UserPool, username: string, password: string, clientId = pool.clientId) {
  return pool.sdk.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  );
}

export function refresh(pool: UserPool, refreshToken: string) {
  return pool.sdk.send(
    new InitiateAuthCommand({
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      ClientId: pool.clientId,
      AuthParameters: { REFRESH_TOKEN: refreshToken },
    }),
  );
}

/** What the functions use in production; only the way to the key set is turned to this machine. */
export function verifierOf(pool: UserPool, tokenUse: 'access' | 'id') {
  const jwksCache = new SimpleJwksCache({
    fetcher: {
      fetch: async (uri) => (await fetch(pool.jwksOrigin + new URL(uri).pathname)).arrayBuffer(),
    },
  });
  const { userPoolId, clientId } = pool;
  return CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse }, { jwksCache });
}

/** Header and claims of a token, unverified. */
export function decode(token: string | undefined): {
  header: { kid: string; alg: string };
  claims: Record<string, unknown> & { sub: string; iat: number; exp: number; auth_time: number };
} {
  const [header, claims] = String(token)
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  return { header, claims };
}
