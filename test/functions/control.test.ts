import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { callApi, signIn, useStack } from '../support/stack.ts';

const current = useStack();

async function control(method: string, path: string, body?: unknown) {
  const response = await fetch(`${current().description.controlUrl}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the control port', () => {
  it('lists what it does', async () => {
    const { body } = await control('GET', '/');

    expect(body.routes).toContainEqual(expect.stringMatching(/^POST \/clock\/advance/));
  });

  it('advances the time of the functions, so that an access token runs out', async () => {
    const { accessToken } = await signIn(current(), 'vi');
    const vend = () =>
      callApi(current(), 'POST', `/rooms/${current().roomId}/tokens`, { token: accessToken, body: {} });
    const before = await vend();
    const { body } = await control('POST', '/clock/advance', { seconds: 3600 });
    const after = await vend();

    expect([before.status, after.status]).toEqual([201, 401]);
    expect(Date.parse(String(body.now)) - Date.now()).toBeGreaterThan(3_590_000);
  });

  it('puts a fault in front of a stand-in and takes it away again', async () => {
    const { accessToken } = await signIn(current(), 'vi');
    const vend = () =>
      callApi(current(), 'POST', `/rooms/${current().roomId}/tokens`, { token: accessToken, body: {} });
    const { body } = await control('POST', '/faults', {
      target: 'ivs-chat',
      match: 'CreateChatToken',
      fault: {
        mode: 'status',
        status: 403,
        headers: { 'x-amzn-errortype': 'AccessDeniedException' },
        body: { message: 'x' },
      },
    });
    const faulty = await vend();
    await control('DELETE', `/faults/${body.id}`);
    const mended = await vend();

    expect(faulty.status).toBeGreaterThanOrEqual(500);
    expect(mended.status).toBe(201);
    expect((await control('GET', '/faults')).body).toEqual({ faults: [] });
  });

  it('lets the next key sign after a rotation, with no answer lost', async () => {
    const before = await signIn(current(), 'vi');
    await control('POST', '/cognito/rotate-keys', {});
    const after = await signIn(current(), 'vi');
    const statusOf = async (token: string) =>
      (await callApi(current(), 'POST', `/rooms/${current().roomId}/tokens`, { token, body: {} })).status;
    // Longer than the functions wait before they ask for the key set again because of a key that they do not know.
    await control('POST', '/clock/advance', { seconds: 11 });

    expect(await statusOf(after.accessToken)).toBe(201);
    expect(await statusOf(before.accessToken)).toBe(201);
  });

  it.each([
    ['an unknown route', 'GET', '/nothing', undefined, 404],
    ['a clock that goes backwards', 'POST', '/clock/advance', { seconds: -1 }, 400],
    ['a clock beyond the year 9999', 'POST', '/clock/advance', { seconds: 8.7e12 }, 400],
    ['a clock without a number', 'POST', '/clock/advance', { seconds: 'soon' }, 400],
    ['an unknown fault', 'POST', '/faults', { target: 'mars' }, 400],
    ['removing a fault that is not there', 'DELETE', '/faults/999', undefined, 400],
  ])('refuses %s with a sentence', async (_name, method, path, body, status) => {
    const answer = await control(method, path, body);

    expect(answer.status).toBe(status);
    expect(answer.body.message).toEqual(expect.any(String));
  });

  it('refuses what a web page could send without the browser asking first', async () => {
    const response = await fetch(`${current().description.controlUrl}/clock/advance`, {
      method: 'POST',
      body: '{"seconds":60}',
      headers: { 'content-type': 'text/plain' },
    });

    expect(response.status).toBe(415);
  });

  it('refuses a request that names another host', async () => {
    const { port } = new URL(current().description.controlUrl);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/clock', headers: { host: `rebound.example:${port}` } })
        .on('response', (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });

    expect(status).toBe(403);
  });
});
