import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether there is a Chromium to test in: npm does not bring one. */
export const hasChromium = existsSync(executablePath);

/** Names a group of tests; says so when it is skipped. */
export const inChromium = (title: string) =>
  hasChromium ? title : `SKIPPED: Chromium is not installed (${title})`;

/** Starts headless Chromium; nothing in it may call out by itself. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
