import { Console } from 'node:console';
import { Writable } from 'node:stream';

/** Lets `work` write to a console that formats every line and shows none. */
export async function withSilentConsole<Result>(work: () => Promise<Result>): Promise<Result> {
  const shown = globalThis.console;
  globalThis.console = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }));
  try {
    return await work();
  } finally {
    globalThis.console = shown;
  }
}
