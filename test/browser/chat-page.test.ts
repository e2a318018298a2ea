import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Listening } from '../../infra/local/listen.ts';
import type { StackDescription } from '../../infra/local/stack-description.ts';
import { callApi, signIn, useStack } from '../support/stack.ts';
import { hasChromium, inChromium, launchChromium } from './chromium.ts';
import { servePage } from './page-server.ts';

if (!hasChromium) process.stderr.write('SKIPPED: Chromium is not installed\n');

describe.skipIf(!hasChromium)(inChromium('a page with the real client and our token provider'), () => {
  let server: Listening;
  let browser: Browser;
  let page: Page;
  let description: StackDescription | undefined;

  // The stack has to name the page's origin (CORS), so the page is served before the stack starts.
  const running = useStack(async () => {
    server = await servePage(() => ({ ...description, roomId: description?.rooms[0]?.id }));
    return { allowedOrigin: server.origin };
  });

  beforeAll(async () => {
    ({ description } = running());
    browser = await launchChromium();
    page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(server.origin);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const enterAs = async (visited: Page, username: string) => {
    const user = description?.users.find((candidate) => candidate.username === username);
    await visited.getByLabel('Name').fill(username);
    await visited.getByLabel('Password').fill(user?.password ?? '');
    await visited.getByRole('button', { name: 'Sign in' }).click();
  };
  const send = async (content: string) => {
    await page.getByLabel('Message').fill(content);
    await page.getByRole('button', { name: 'Send' }).click();
  };
  const shows = (selector: string, text: string) =>
    page.locator(selector).getByText(text, { exact: true }).waitFor({ state: 'visible' });
  const asModerator = async (method: string, path: string) => {
    const { accessToken } = await signIn(running(), 'mo');
    return callApi(running(), method, `/rooms/${running().roomId}${path}`, { token: accessToken });
  };

  it('signs in and connects', async () => {
    await enterAs(page, 'vi');

    await shows('body', 'connected');
  });

  it('sends, and shows what the room got', async () => {
    await send('Hello from a page');

    await shows('#messages', 'Hello from a page');
  });

  it('is told why a message is denied', async () => {
    await send('Free coins at https://coins.example/win');

    await shows('body', '406 link');
    expect(await page.locator('#messages li').allTextContents()).toEqual(['Hello from a page']);
  });

  it('removes a message that a moderator deletes', async () => {
    const id = await page.locator('#messages li').getAttribute('data-id');

    const { status } = await asModerator('DELETE', `/messages/${id}`);

    expect(status).toBe(200);
    await page.locator('#messages li').waitFor({ state: 'detached' });
  });

  it('ends when a moderator disconnects the person', async () => {
    const userId = description?.users.find(({ username }) => username === 'vi')?.userId;

    const { status } = await asModerator('POST', `/users/${userId}/disconnect`);

    expect(status).toBe(200);
    await shows('body', 'serverDisconnect');
  });

  it('gets no token on an origin that the API does not allow', async () => {
    const other = await servePage(() => ({ ...description, roomId: running().roomId }));
    const visited = await browser.newPage();
    try {
      await visited.goto(other.origin);
      await enterAs(visited, 'vi');
      await visited.getByText('no token: network', { exact: true }).waitFor({ timeout: 10_000 });
    } finally {
      await visited.close();
      await other.close();
    }
  });
});
