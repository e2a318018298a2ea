import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Clock } from '../../clock.ts';
import type { Answer } from '../http/answer.ts';
import type { GatewayKnobs } from '../options.ts';
import type { RouteAuthorizer } from '../serverless/authorizers.ts';
import { claimsAsText } from './claims-text.ts';
import { ClaimRefused, insufficientScope, invalidToken, missingToken } from './refusal.ts';

/** `requestContext.authorizer.jwt` of the event. */
export interface JwtContext {
  readonly claims: Readonly<Record<string, string>>;
  /** Those of the token; null when the route asks for none. */
  readonly scopes: readonly string[] | null;
}

/** What came of a request's token. */
export type Authorization =
  | { readonly admitted: JwtContext; readonly refused: null }
  | { readonly admitted: null; readonly refused: Answer };

/** @param headers by name in lower case. */
export type Authorize = (
  authorizer: RouteAuthorizer,
  headers: ReadonlyMap<string, string>,
) => Promise<Authorization>;

interface JwtAuthorizerDependencies {
  readonly clock: Clock;
  readonly keysOf: (issuer: string) => JWTVerifyGetKey;
  readonly knobs: Pick<GatewayKnobs, 'jwksUnreachableStatus'>;
}

/** RSA only (API Gateway developer guide, "JWT authorizers"); nobody says that AWS takes PS256 and its like. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];
const BEARER = 'Bearer ';

/** Checks tokens as the JWT authorizer of an HTTP API does. It does not look at `token_use`: ID tokens pass. */
export function createJwtAuthorizer(deps: JwtAuthorizerDependencies): Authorize {
  return async (authorizer, headers) => {
    const value = headers.get(authorizer.header);
    if (!value) return refused(missingToken());
    const scopes = authorizer.scopes ?? [];
    const token = value.startsWith(BEARER) ? value.slice(BEARER.length) : value;
    try {
      const payload = await verify(token, authorizer, deps);
      const granted = scopesOf(payload);
      if (authorizer.scopes && !granted.some((scope) => scopes.includes(scope))) {
        return refused(insufficientScope(scopes));
      }
      const context = { claims: claimsAsText(payload), scopes: authorizer.scopes && granted };
      return { admitted: context, refused: null };
    } catch (error) {
      const answer = invalidToken(error, scopes, deps.knobs.jwksUnreachableStatus);
      if (!answer) throw error;
      return refused(answer);
    }
  };
}

function refused(answer: Answer): Authorization {
  return { admitted: null, refused: answer };
}

async function verify(
  token: string,
  { issuer, audience }: RouteAuthorizer,
  { clock, keysOf }: JwtAuthorizerDependencies,
): Promise<JWTPayload> {
  const now = clock.now();
  const { payload } = await jwtVerify(token, keysOf(issuer), {
    algorithms: ALGORITHMS,
    issuer,
    requiredClaims: ['exp'],
    currentDate: new Date(now),
  });
  if (payload.iat !== undefined && payload.iat > now / 1000) {
    throw new ClaimRefused('the token is used before it was issued');
  }
  const claimed: unknown[] = payload.aud === undefined ? [payload.client_id] : [payload.aud].flat();
  if (!claimed.some((client) => typeof client === 'string' && audience.includes(client))) {
    throw new ClaimRefused('the token does not have a valid audience');
  }
  return payload;
}

/** `scope` is a text with spaces in between; other issuers than Cognito send `scp`, a list or such a text. */
function scopesOf(payload: JWTPayload): string[] {
  const claim = payload.scope ?? payload.scp;
  const items: unknown[] = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  return items.filter((item) => typeof item === 'string' && item !== '') as string[];
}
