import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { holdBack } from './held-response.ts';
import type { Fault, FaultRule, FaultTarget } from './rule.ts';

/** The faults in force. Rules apply in the order in which they were added; the first match decides. */
export interface FaultBoard {
  /** @returns the rule's id, for {@link FaultBoard.remove}. */
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

/** Creates an empty board. */
export function createFaultBoard(): FaultBoard {
  const rules: ActiveRule[] = [];
  let nextId = 1;

  const take = (target: FaultTarget, request: IncomingMessage): Fault | undefined => {
    const rule = rules.find((candidate) => matches(candidate, target, request));
    if (rule) rule.applied += 1;
    return rule?.fault;
  };

  return {
    add(rule) {
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

function suffer(
  fault: Fault,
  listener: RequestListener,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  switch (fault.mode) {
    case 'status': {
      const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {});
      request.resume();
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(body);
      return;
    }
    case 'delay':
      setTimeout(() => listener(request, response), fault.ms).unref();
      return;
    case 'truncate':
      listener(request, holdBack(response, 'truncate'));
      return;
    case 'reset':
      if (fault.when === 'after') listener(request, holdBack(response, 'reset'));
      else request.socket.resetAndDestroy();
      return;
    case 'hang':
      if (fault.when === 'headers' || fault.when === 'body') {
        listener(request, holdBack(response, fault.when));
      } else request.resume();
  }
}
