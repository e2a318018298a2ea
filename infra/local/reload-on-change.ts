import { unwatchFile, watchFile } from 'node:fs';
import { watch } from '../build.ts';
import type { Gateway } from './gateway/index.ts';

/**
 * Bundles the functions again when their sources change, and hands them and the route table to the gateway anew.
 *
 * @returns ends the watching.
 */
export async function reloadOnChange(
  gateway: Gateway,
  serverlessFile: string,
  log: (line: string) => void,
): Promise<{ close(): Promise<void> }> {
  const stop = await watch((name) => {
    gateway.reload(name).then(
      () => log(`reloaded ${name}`),
      (error: Error) => log(`could not reload ${name}: ${error.message}`),
    );
  });
  // Polled: editors replace files, which ends other kinds of watching.
  watchFile(serverlessFile, { interval: 500 }, () => {
    gateway.reload().then(
      () => log('reloaded serverless.yml'),
      (error: Error) => console.error(`serverless.yml was not reloaded: ${error.message}`),
    );
  });
  return {
    async close() {
      unwatchFile(serverlessFile);
      await stop();
    },
  };
}
