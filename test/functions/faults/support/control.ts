import type { FaultRule } from '../../../../infra/local/faults/rule.ts';
import type { TestStack } from '../../../support/stack.ts';

/** An answer of the control port. */
export interface ControlAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Sends a request to the control port of a stack. */
export async function control(
  { description }: Pick<TestStack, 'description'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<ControlAnswer> {
  const response = await fetch(`${description.controlUrl}${path}`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Faults that were put in front of a stand-in together. */
export interface InjectedFaults {
  /** To how many requests they were applied in all. */
  applied(): Promise<number>;
  remove(): Promise<void>;
}

/** Puts faults in force through the control port. @throws Error when it refuses one. */
export async function inject(stack: TestStack, ...rules: readonly FaultRule[]): Promise<InjectedFaults> {
  const ids: unknown[] = [];
  for (const rule of rules) {
    const { status, body } = await control(stack, 'POST', '/faults', rule);
    if (status !== 200) throw new Error(`the control port refused a fault: ${String(body.message)}`);
    ids.push(body.id);
  }
  return {
    async applied() {
      const { body } = await control(stack, 'GET', '/faults');
      const faults = body.faults as readonly { id: number; applied: number }[];
      return faults.filter(({ id }) => ids.includes(id)).reduce((sum, { applied }) => sum + applied, 0);
    },
    async remove() {
      for (const id of ids) await control(stack, 'DELETE', `/faults/${String(id)}`);
    },
  };
}
