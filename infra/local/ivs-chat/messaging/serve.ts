import { type ActionDependencies, perform } from './actions.ts';
import { type CheckDependencies, createChecks } from './checks.ts';
import type { ChatConnection } from './connection.ts';
import type { MessagingKnobs } from './knobs.ts';
import { parseRequest } from './parse-request.ts';

/** What {@link createFrameServer} needs. */
export interface ServeDependencies extends ActionDependencies, CheckDependencies {
  readonly rooms: CheckDependencies['rooms'];
  readonly knobs: MessagingKnobs;
  readonly log: (line: string) => void;
}

/** Serves one frame of a connection: every frame gets exactly one answer, unless its sender leaves first. */
export type FrameServer = (connection: ChatConnection, data: Buffer, isBinary: boolean) => Promise<void>;

/** Creates what serves the frames of all connections. Frames are served side by side. */
export function createFrameServer(deps: ServeDependencies): FrameServer {
  const check = createChecks(deps);
  return async (connection, data, isBinary) => {
    // A binary frame is no request, whatever it contains.
    const request = parseRequest(isBinary ? '' : data.toString('utf8'), deps.knobs.requestKeys);
    const pending = connection.begin(request.requestId);
    try {
      if (request.action === 'malformed') return pending.refuse('malformed');
      const error = check(connection, request);
      if (error === 'unauthorized') return endSession(connection, deps.knobs);
      if (error) return pending.refuse(error);
      await perform(deps, { connection, request: pending }, request);
    } catch (cause) {
      deps.log(
        `a request of connection ${connection.id} failed: ${cause instanceof Error ? cause.name : 'unknown'}`,
      );
      pending.refuse('internal');
    }
  };
}

/** Ends a connection whose session is over. What still waits for an answer gets ERROR 401. */
export function endSession(connection: ChatConnection, knobs: MessagingKnobs): void {
  // An ERROR 401 makes the client SDK fetch a new token, so there is one even when nothing waits for an answer.
  if (knobs.sessionEnd === 'error-then-close' && !connection.isBusy()) connection.begin('');
  connection.end(knobs.sessionEndCloseCode, 'unauthorized');
}
