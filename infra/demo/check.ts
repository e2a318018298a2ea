/** A step of the story that did not go as it has to. Its message is the sentence that the program ends with. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}

/** What the messaging SDK rejects with: a plain object, not an Error. */
interface Refusal {
  readonly errorCode: number;
  readonly errorMessage: string;
}

/** @returns what the chat service refused a request with; undefined when it did not. @throws any other error. */
export async function refusalOf(request: Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await request;
    return undefined;
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
}

/** @returns the sentence that the program ends with. */
export function sentenceOf(error: unknown): string {
  if (isRefusal(error))
    return `The chat service refused a request: ${error.errorCode} ${error.errorMessage}.`;
  if (error instanceof StoryError) return error.message;
  return `Unexpected: ${error instanceof Error ? error.message : 'an error of unknown form'}`;
}

/** Whether an error is a refusal by the chat service. */
export const isRefusal = (error: unknown): error is Refusal =>
  typeof error === 'object' && error !== null && 'errorCode' in error && 'errorMessage' in error;

/** How long anything in the story may take. The SDK's own promises never time out. */
const STEP_DEADLINE_MS = 10_000;

/** @throws StoryError with the sentence unless the condition holds. */
export function check(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new StoryError(sentence);
}

/** Waits for a promise. @throws StoryError with the sentence when it takes too long; what it rejects with otherwise. */
export async function inTime<Value>(promise: Promise<Value>, sentence: string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new StoryError(`${sentence} (waited ${STEP_DEADLINE_MS / 1000} seconds)`)),
      STEP_DEADLINE_MS,
    );
  });
  return Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}
