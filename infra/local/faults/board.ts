import type { IncomingMessage, RequestListener } from 'node:http';
import type { Fault, FaultRule, FaultTarget } from './rule.ts';
import { suffer } from './suffer.ts';

/** The faults in force. Rules apply in the order in which they were added; the first match decides. */
export interface FaultBoard {
  /**
   * @returns the rule's id, for {@link FaultBoard.remove}.
   * @throws TypeError when the fault makes no sense in front of its target.
   */
  add(rule: FaultRule): number;
  remove(id: number): boolean;
  clear(): void;
  list(): readonly (FaultRule & { readonly id: number; readonly applied: number })[];
  /** Wraps a stand-in's request listener so that matching requests suffer their fault. */
  guard(target: FaultTarget, listener: RequestListener): RequestListener;
  /** The same question for what is no plain request, such as a WebSocket upgrade. */
  take(target: FaultTarget, request: IncomingMessage): Fault | undefined;
}

interface ActiveRule extends FaultRule {
  readonly id: number;
  applied: number;
}

/**
 * Creates an empty board.
 *
 * @param now milliseconds since the epoch, for dates in the headers of faults.
 */
export function createFaultBoard(now: () => number = Date.now): FaultBoard {
  const rules: ActiveRule[] = [];
  let nextId = 1;

  const take = (target: FaultTarget, request: IncomingMessage): Fault | undefined => {
    const rule = rules.find((candidate) => matches(candidate, target, request));
    if (rule) rule.applied += 1;
    return rule && withDates(rule.fault, now());
  };

  return {
    add(rule) {
      refuseNonsense(rule);
      const id = nextId++;
      rules.push({ ...rule, id, applied: 0 });
      return id;
    },
    remove(id) {
      const index = rules.findIndex((rule) => rule.id === id);
      if (index >= 0) rules.splice(index, 1);
      return index >= 0;
    },
    clear: () => void rules.splice(0),
    list: () => rules.map((rule) => ({ ...rule })),
    take,
    guard: (target, listener) => (request, response) => {
      const fault = take(target, request);
      if (fault) suffer(fault, listener, request, response);
      else listener(request, response);
    },
  };
}

function matches(rule: ActiveRule, target: FaultTarget, request: IncomingMessage): boolean {
  if (rule.target !== target) return false;
  if (rule.times !== undefined && rule.applied >= rule.times) return false;
  if (rule.method && rule.method !== request.method) return false;
  if (!rule.match) return true;
  const operation = String(request.headers['x-amz-target'] ?? '');
  return (request.url ?? '').includes(rule.match) || operation.includes(rule.match);
}

function refuseNonsense({ target, fault }: FaultRule): void {
  if (target === 'ivs-chat-messaging' && fault.mode === 'drip') {
    throw new TypeError('ivs-chat-messaging cannot drip: a WebSocket handshake has no body');
  }
}

const DATE = /\{\{NOW([+-]\d+)s\}\}/g;

/** `{{NOW+900s}}` stands for a service whose clock is 15 minutes ahead. */
function withDates(fault: Fault, nowMs: number): Fault {
  if (fault.mode !== 'status' || !fault.headers) return fault;
  const dateAfter = (_text: string, seconds: string) =>
    new Date(nowMs + Number(seconds) * 1000).toUTCString();
  const headers = Object.entries(fault.headers).map(([name, value]) => [
    name,
    value.replace(DATE, dateAfter),
  ]);
  return { ...fault, headers: Object.fromEntries(headers) };
}
