import { readFile } from 'node:fs/promises';
import type { StackDescription } from '../local/stack-description.ts';

/** A running stack to play on. */
export interface FoundStack {
  readonly description: StackDescription;
  /** Whether it was started for this story. */
  readonly isOwn: boolean;
  /** Ends a stack of our own; leaves another one alone. */
  close(): Promise<void>;
}

const HEALTH_DEADLINE_MS = 2_000;

/** Finds the stack that `npm start` described in the file, or starts one on free ports. */
export async function findStack(stackFile: string): Promise<FoundStack> {
  const description = await readDescription(stackFile);
  if (description && (await answers(description.apiUrl))) {
    return { description, isOwn: false, close: async () => {} };
  }
  // Loaded only when it is needed: the stand-ins are most of what this program would have to import.
  const { startStack } = await import('../local/stack.ts');
  const stack = await startStack({ portBase: 0, functions: 'build' });
  return { description: stack.description, isOwn: true, close: () => stack.close() };
}

async function readDescription(stackFile: string): Promise<StackDescription | undefined> {
  try {
    return JSON.parse(await readFile(stackFile, 'utf8')) as StackDescription;
  } catch {
    return undefined;
  }
}

/** A stack that was killed leaves its file behind. */
async function answers(apiUrl: string): Promise<boolean> {
  try {
    const { ok } = await fetch(`${apiUrl}/health`, { signal: AbortSignal.timeout(HEALTH_DEADLINE_MS) });
    return ok;
  } catch {
    return false;
  }
}
