import { open } from 'node:fs/promises';

/**
 * Finds out whether the figures can be written before they are measured, which takes minutes. What the file holds stays.
 *
 * @param file absolute path; made if it is missing.
 * @throws Error whose message names --json and says why it cannot be written.
 */
export async function refuseUnwritable(file: string): Promise<void> {
  try {
    await (await open(file, 'a')).close();
  } catch (error) {
    throw new Error(`--json cannot be written: ${(error as Error).message}`);
  }
}
