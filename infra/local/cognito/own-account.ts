import { attributeList } from './attributes.ts';
import type { User } from './directory.ts';
import { notAuthorized, userNotFound } from './errors.ts';
import { CLIENT_ID, TOKEN } from './limits.ts';
import { operation } from './operation.ts';
import { checkClient, type Pool } from './pool.ts';

/** What signed-in users do with their own token: no AWS credentials are involved. */
export const GetUser = operation({ AccessToken: TOKEN }, async (pool, { AccessToken }) => {
  const user = await ownerOf(pool, AccessToken);
  return { Username: user.username, UserAttributes: attributeList(user) };
});

export const GlobalSignOut = operation({ AccessToken: TOKEN }, async (pool, { AccessToken }) => {
  const { sub } = await ownerOf(pool, AccessToken);
  pool.signIns.revokeAll(sub);
  return {};
});

/** Answers the same for a token that does not exist (RFC 7009, section 2.2). */
export const RevokeToken = operation({ ClientId: CLIENT_ID, Token: TOKEN }, (pool, { ClientId, Token }) => {
  checkClient(pool, ClientId);
  pool.signIns.revoke(Token);
  return {};
});

/** Unlike a JWT library, Cognito itself also sees that a token was revoked. */
async function ownerOf(pool: Pool, accessToken: string): Promise<User> {
  const { sub, originJti } = await pool.tokens.readAccess(accessToken);
  const user = pool.directory.findBySub(sub);
  if (!user) throw userNotFound();
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (!pool.signIns.isLive(originJti, sub)) throw notAuthorized('Access Token has been revoked');
  return user;
}
