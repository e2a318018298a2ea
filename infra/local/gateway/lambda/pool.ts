import type { FunctionDefinition } from '../serverless/service.ts';
import { apiErrors } from './api-error.ts';
import type { RuntimeFailure } from './failure.ts';
import type { Instance, InstanceEvent, Settlement } from './instance.ts';

/** What one instance is doing. */
export interface InstanceDescription {
  /** The function's key in serverless.yml. */
  readonly functionName: string;
  readonly instanceId: string;
  readonly state: 'idle' | 'busy';
  /** Events it was given so far. */
  readonly invocations: number;
}

interface Member {
  readonly instance: Instance;
  busy: boolean;
  /** An `outgoing` one serves until its replacement is loaded, a `retired` one gets no further event. */
  standing: 'current' | 'outgoing' | 'retired';
  invocations: number;
}

export interface PoolDependencies {
  readonly start: (definition: FunctionDefinition, onEnd: () => void) => Instance;
  /**
   * As provisioned concurrency, and used when it is more than the function's own: how many instances are started before there
   * is an event, and replaced when they end. Never more than the function's reserved concurrency.
   */
  readonly warm: number;
  /** An instance that no event was waiting for could not load its handler. */
  readonly onInitFailure: (failure: RuntimeFailure) => void;
}

/** Before an instance that ended without having got an event is replaced; doubled each time. */
const FIRST_RESTART_DELAY_MS = 250;
const LONGEST_RESTART_DELAY_MS = 60_000;

/** The instances of one function. */
export class Pool {
  readonly #deps: PoolDependencies;
  readonly #members = new Set<Member>();
  #definition: FunctionDefinition;
  #closed = false;
  // A handler that cannot be loaded would otherwise be started over and over to keep it warm.
  #loads = true;
  #restartDelayMs = FIRST_RESTART_DELAY_MS;
  #restart: NodeJS.Timeout | null = null;

  constructor(definition: FunctionDefinition, deps: PoolDependencies) {
    this.#definition = definition;
    this.#deps = deps;
  }

  get definition(): FunctionDefinition {
    return this.#definition;
  }

  /**
   * Hands the event to an idle instance, the oldest first, or to a new one when all are busy.
   *
   * @throws LambdaApiError TooManyRequestsException beyond the function's reserved concurrency; Error after `close`.
   */
  async run(event: InstanceEvent): Promise<Settlement> {
    if (this.#closed) throw new Error(`function ${this.#definition.key} is closed`);
    const { reservedConcurrency } = this.#definition;
    const busy = [...this.#members].filter((member) => member.busy).length;
    if (reservedConcurrency !== null && busy >= reservedConcurrency) throw apiErrors.tooManyRequests();
    const member = this.#alive('current', 'outgoing').find(({ busy }) => !busy) ?? this.#add();
    member.busy = true;
    member.invocations += 1;
    const settlement = await member.instance.run(event);
    member.busy = false;
    this.#restartDelayMs = FIRST_RESTART_DELAY_MS;
    if (member.standing === 'retired') void member.instance.end();
    return settlement;
  }

  /** Starts the instances that are to be kept warm. Resolves when their handlers are loaded. */
  async warmUp(): Promise<void> {
    const { provisionedConcurrency, reservedConcurrency } = this.#definition;
    const wanted = Math.max(this.#deps.warm, provisionedConcurrency);
    const warm = Math.min(wanted, reservedConcurrency ?? wanted);
    const missing = this.#loads && !this.#closed ? warm - this.#alive('current').length : 0;
    for (let count = 0; count < missing; count += 1) this.#add();
    await Promise.all(this.#alive('current').map(({ instance }) => instance.initialized));
  }

  /**
   * Once resolved, events get instances made from the files as they are now. Until the warm ones among these are loaded,
   * the old ones serve; busy ones finish their event.
   */
  async replace(definition: FunctionDefinition): Promise<void> {
    this.#definition = definition;
    this.#loads = true;
    this.#restartDelayMs = FIRST_RESTART_DELAY_MS;
    const outgoing = this.#alive('current', 'outgoing');
    for (const member of outgoing) member.standing = 'outgoing';
    await this.warmUp();
    for (const member of outgoing) member.standing = 'retired';
    await Promise.all(outgoing.filter(({ busy }) => !busy).map(({ instance }) => instance.end()));
  }

  instances(): InstanceDescription[] {
    return [...this.#members]
      .filter(({ instance }) => instance.isAlive())
      .map(({ instance, busy, invocations }) => ({
        functionName: this.#definition.key,
        instanceId: instance.id,
        state: busy ? 'busy' : 'idle',
        invocations,
      }));
  }

  /** Ends every instance at once. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#restart) clearTimeout(this.#restart);
    await Promise.all([...this.#members].map(({ instance }) => instance.end()));
  }

  #alive(...standings: Member['standing'][]): Member[] {
    return [...this.#members].filter(
      ({ instance, standing }) => instance.isAlive() && standings.includes(standing),
    );
  }

  #add(): Member {
    const instance = this.#deps.start(this.#definition, () => {
      this.#members.delete(member);
      if (member.standing !== 'current') return;
      if (member.invocations > 0) void this.warmUp();
      else this.#warmUpLater();
    });
    const member: Member = { instance, busy: false, standing: 'current', invocations: 0 };
    this.#members.add(member);
    void instance.initialized.then((failure) => {
      if (this.#closed || member.standing !== 'current') return;
      this.#loads = failure === null;
      if (failure && member.invocations === 0) this.#deps.onInitFailure(failure);
    });
    return member;
  }

  /** A function that ends its instances by itself would otherwise keep the machine busy with starting them. */
  #warmUpLater(): void {
    if (this.#closed || this.#restart) return;
    this.#restart = setTimeout(() => {
      this.#restart = null;
      void this.warmUp();
    }, this.#restartDelayMs).unref();
    this.#restartDelayMs = Math.min(this.#restartDelayMs * 2, LONGEST_RESTART_DELAY_MS);
  }
}
