import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock.ts';
import type { FunctionDefinition } from '../serverless/service.ts';
import { instanceEnvironment, invocationContext, type Placement } from './environment.ts';
import {
  exited,
  outOfMemory,
  RESPONSE_LIMIT_BYTES,
  RESPONSE_TOO_LARGE,
  type RuntimeFailure,
  timedOut,
} from './failure.ts';
import { createLineSplitter, type LineSplitter } from './lines.ts';

/** How an event ended: `payload` is JSON. Lines are what the function wrote meanwhile. */
export type Settlement = { readonly lines: readonly string[] } & (
  | { readonly payload: string; readonly failure: null }
  | { readonly payload: null; readonly failure: RuntimeFailure }
);

export interface InstanceEvent {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  readonly invokedFunctionArn: string;
}

export interface InstanceDependencies {
  readonly placement: Placement;
  readonly clock: Clock;
  /** 32 hexadecimal digits; the end of the log stream's name. */
  readonly id: string;
  readonly initTimeoutMs: number;
  readonly onLine: (line: string) => void;
  readonly onEnd: () => void;
}

type Message =
  | { readonly type: 'output'; readonly text: string }
  | { readonly type: 'ready' }
  | { readonly type: 'result'; readonly body: string }
  | { readonly type: 'failure' | 'fatal'; readonly error: RuntimeFailure };
/** JSON, or what went wrong. */
type Outcome = string | RuntimeFailure;

const RUNTIME = new URL('./runtime.mjs', import.meta.url);
/** In place of a request id while no event is being handled. */
const NO_REQUEST = '00000000-0000-0000-0000-000000000000';

/** One execution environment: a worker thread that loads its handler at once and handles one event at a time. */
export class Instance {
  readonly id: string;
  /** Resolves when the handler is loaded, or with the reason why it cannot be. */
  readonly initialized: Promise<RuntimeFailure | null>;
  readonly #definition: FunctionDefinition;
  readonly #deps: InstanceDependencies;
  readonly #logStreamName: string;
  readonly #worker: Worker;
  readonly #output: LineSplitter;
  readonly #resolveInit: (failure: RuntimeFailure | null) => void;
  #alive = true;
  #ranOutOfMemory = false;
  #requestId = NO_REQUEST;
  #lines: string[] = [];
  #settle: ((outcome: Outcome) => void) | null = null;

  constructor(definition: FunctionDefinition, deps: InstanceDependencies) {
    const { promise, resolve } = Promise.withResolvers<RuntimeFailure | null>();
    const day = new Date(deps.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    this.id = deps.id;
    this.initialized = promise;
    this.#resolveInit = resolve;
    this.#definition = definition;
    this.#deps = deps;
    this.#logStreamName = `${day}/[$LATEST]${deps.id}`;
    this.#output = createLineSplitter((line) => {
      this.#lines.push(line);
      deps.onLine(line);
    });
    this.#worker = startWorker(definition, deps, this.#logStreamName);
    this.#listen();
    this.#limitInit();
  }

  /** False once the thread has ended or is about to. */
  isAlive(): boolean {
    return this.#alive;
  }

  /** Ends the thread, whatever it is doing. */
  async end(): Promise<void> {
    this.#alive = false;
    await this.#worker.terminate();
  }

  /** Hands over an event as soon as the handler is loaded. Never rejects. */
  async run(event: InstanceEvent): Promise<Settlement> {
    this.#requestId = event.requestId;
    const initFailure = await this.initialized;
    if (initFailure) return { payload: null, failure: initFailure, lines: this.#lines };
    this.#lines = [];
    return settlement(await this.#handle(event), this.#lines);
  }

  #handle(event: InstanceEvent): Promise<Outcome> {
    const { timeoutSeconds } = this.#definition;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#answer(timedOut(event.requestId, timeoutSeconds, this.#deps.clock.now()));
        void this.end();
      }, timeoutSeconds * 1000);
      this.#settle = (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      if (!this.#alive) this.#answer(exited(event.requestId, 0));
      this.#worker.postMessage({
        payload: event.payload,
        context: invocationContext(this.#definition, event, this.#logStreamName),
        deadline: Date.now() + timeoutSeconds * 1000,
      });
    });
  }

  #listen(): void {
    this.#worker.on('message', (message: Message) => {
      if (message.type === 'output') this.#output.write(message.text);
      else if (message.type === 'ready') this.#resolveInit(null);
      else if (message.type === 'result') this.#answer(message.body);
      else if (message.type === 'failure') this.#answer(message.error);
      else this.#giveUp(message.error);
    });
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#ranOutOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    });
    this.#worker.on('exit', (exitCode) => {
      const id = this.#requestId;
      this.#giveUp(this.#ranOutOfMemory ? outOfMemory(id) : exited(id, exitCode));
      this.#deps.onEnd();
    });
  }

  #limitInit(): void {
    const { clock, initTimeoutMs } = this.#deps;
    const timer = setTimeout(() => {
      this.#giveUp(timedOut(this.#requestId, initTimeoutMs / 1000, clock.now()));
      void this.end();
    }, initTimeoutMs);
    void this.initialized.then(() => clearTimeout(timer));
  }

  #giveUp(failure: RuntimeFailure): void {
    this.#alive = false;
    this.#resolveInit(failure);
    this.#answer(failure);
  }

  #answer(outcome: Outcome): void {
    this.#output.flush();
    this.#settle?.(outcome);
    this.#settle = null;
  }
}

function startWorker(
  definition: FunctionDefinition,
  deps: InstanceDependencies,
  logStreamName: string,
): Worker {
  const worker = new Worker(RUNTIME, {
    name: definition.name,
    env: instanceEnvironment(definition, deps.placement, logStreamName),
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: definition.memorySizeMb },
    workerData: {
      clockOffset: deps.clock.offset,
      root: deps.placement.root,
      handler: definition.handler,
    },
  });
  // What passes by the runtime's own capture, such as Node's warnings.
  for (const stream of [worker.stdout, worker.stderr]) {
    const splitter = createLineSplitter(deps.onLine);
    stream.setEncoding('utf8').on('data', (text: string) => splitter.write(text));
  }
  return worker;
}

function settlement(outcome: string | RuntimeFailure, lines: readonly string[]): Settlement {
  if (typeof outcome !== 'string') return { payload: null, failure: outcome, lines };
  if (Buffer.byteLength(outcome) <= RESPONSE_LIMIT_BYTES) return { payload: outcome, failure: null, lines };
  return { payload: null, failure: RESPONSE_TOO_LARGE, lines };
}
