import { describe, expect, it } from 'vitest';
import { callApi, signIn, useStack } from '../support/stack.ts';

const current = useStack({ parameters: { gatewayAuthorizer: 'on' } });

const vend = (token: string | undefined) =>
  callApi(current(), 'POST', `/rooms/${current().roomId}/tokens`, { token, body: {} });

/** The token with another signature of the same length. */
function forged(token: string): string {
  const [header, claims, signature = ''] = token.split('.');
  return [header, claims, [...signature].reverse().join('')].join('.');
}

describe('with gatewayAuthorizer on', () => {
  it('the functions decide on what the gateway lets through', async () => {
    const { accessToken, idToken } = await signIn(current(), 'vi');

    expect(await vend(accessToken)).toMatchObject({ status: 201 });
    // The gateway's authorizer does not look at token_use.
    expect(await vend(idToken)).toMatchObject({ status: 401, body: { code: 'invalid-token' } });
  });

  it.each([
    ['no token', () => undefined],
    ['a forged token', forged],
  ])('%s is refused by the gateway, and no function runs', async (_what, tokenFrom) => {
    const { accessToken } = await signIn(current(), 'vi');
    const before = current().functionLogs.length;

    const { status, body, headers } = await vend(tokenFrom(accessToken));

    expect({ status, body }).toEqual({ status: 401, body: { message: 'Unauthorized' } });
    expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(current().functionLogs.length).toBe(before);
  });

  it('health stays open', async () => {
    expect(await callApi(current(), 'GET', '/health')).toMatchObject({ status: 200 });
  });
});
