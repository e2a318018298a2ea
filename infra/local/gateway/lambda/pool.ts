import type { FunctionDefinition } from '../serverless/service.ts';
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
  retired: boolean;
  invocations: number;
}

export interface PoolDependencies {
  readonly start: (definition: FunctionDefinition, onEnd: () => void) => Instance;
  /** As provisioned concurrency: how many instances are started before there is an event, and replaced when they end. */
  readonly warm: number;
  /** An instance that no event was waiting for could not load its handler. */
  readonly onInitFailure: (failure: RuntimeFailure) => void;
}

/** The instances of one function. */
export class Pool {
  readonly #deps: PoolDependencies;
  readonly #members = new Set<Member>();
  #definition: FunctionDefinition;
  #closed = false;
  // A handler that cannot be loaded would otherwise be started over and over to keep it warm.
  #loads = true;

  constructor(definition: FunctionDefinition, deps: PoolDependencies) {
    this.#definition = definition;
    this.#deps = deps;
  }

  get definition(): FunctionDefinition {
    return this.#definition;
  }

  /** Hands the event to an idle instance, or to a new one when all are busy. */
  async run(event: InstanceEvent): Promise<Settlement> {
    const member = this.#usable().find(({ busy }) => !busy) ?? this.#add();
    member.busy = true;
    member.invocations += 1;
    const settlement = await member.instance.run(event);
    member.busy = false;
    if (member.retired) void member.instance.end();
    return settlement;
  }

  /** Starts the instances that are to be kept warm. Resolves when their handlers are loaded. */
  async warmUp(): Promise<void> {
    const missing = this.#loads && !this.#closed ? this.#deps.warm - this.#usable().length : 0;
    for (let count = 0; count < missing; count += 1) this.#add();
    await Promise.all(this.#usable().map(({ instance }) => instance.initialized));
  }

  /** From now on events get instances made from the files as they are now. Busy instances finish their event first. */
  async replace(definition: FunctionDefinition): Promise<void> {
    this.#definition = definition;
    this.#loads = true;
    const idle = [...this.#members].filter(({ busy }) => !busy);
    for (const member of this.#members) member.retired = true;
    await Promise.all(idle.map(({ instance }) => instance.end()));
    await this.warmUp();
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
    await Promise.all([...this.#members].map(({ instance }) => instance.end()));
  }

  #usable(): Member[] {
    return [...this.#members].filter(({ instance, retired }) => instance.isAlive() && !retired);
  }

  #add(): Member {
    const instance = this.#deps.start(this.#definition, () => {
      this.#members.delete(member);
      void this.warmUp();
    });
    const member: Member = { instance, busy: false, retired: false, invocations: 0 };
    this.#members.add(member);
    void instance.initialized.then((failure) => {
      if (this.#closed || member.retired) return;
      this.#loads = failure === null;
      if (failure && member.invocations === 0) this.#deps.onInitFailure(failure);
    });
    return member;
  }
}
