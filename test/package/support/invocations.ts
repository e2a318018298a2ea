import { randomUUID } from 'node:crypto';

/** What a caller of the function gets for an error (Lambda developer guide, "Using the Lambda runtime API"). */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** What an invocation has come to: the handler's result, or an error of the function. */
export type InvokeResult = { readonly payload: unknown } | { readonly functionError: FunctionError };

/** An event for the runtime. */
export interface Invocation {
  readonly requestId: string;
  readonly event: unknown;
}

/** The invocations of one execution environment: it is given one event at a time, and none once it has failed. */
export interface Invocations {
  /** Hands an event over as soon as the runtime asks for one. Never rejects. */
  invoke(event: unknown): Promise<InvokeResult>;
  /** Calls back with the next event, at once or when there is one. */
  onNext(give: (invocation: Invocation) => void): void;
  /** @returns whether `requestId` is the event that the runtime is working on. */
  settle(requestId: string, result: InvokeResult): boolean;
  /** Ends what is under way and all that comes with this error; only the first one counts. */
  fail(error: FunctionError): void;
}

interface Pending extends Invocation {
  readonly resolve: (result: InvokeResult) => void;
}

export function createInvocations(): Invocations {
  const waiting: Pending[] = [];
  let running: Pending | undefined;
  let give: ((invocation: Invocation) => void) | undefined;
  let failure: FunctionError | undefined;

  const handOver = () => {
    if (failure) for (const { resolve } of waiting.splice(0)) resolve({ functionError: failure });
    if (!give || running || waiting.length === 0) return;
    running = waiting.shift();
    if (running) give(running);
    give = undefined;
  };
  const settle = (requestId: string, result: InvokeResult) => {
    if (running?.requestId !== requestId) return false;
    running.resolve(result);
    running = undefined;
    return true;
  };

  return {
    settle,
    invoke: (event) =>
      new Promise((resolve) => {
        waiting.push({ requestId: randomUUID(), event, resolve });
        handOver();
      }),
    onNext: (giveNext) => {
      give = giveNext;
      handOver();
    },
    fail: (error) => {
      failure ??= error;
      if (running) settle(running.requestId, { functionError: failure });
      handOver();
    },
  };
}
