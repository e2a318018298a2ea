import { validateHeaderName, validateHeaderValue } from 'node:http';

/** The servers that a fault can be put in front of. */
export const FAULT_TARGETS = [
  'ivs-chat',
  'ivs-chat-messaging',
  'cognito',
  'dynamodb',
  'lambda',
  'gateway',
] as const;
export type FaultTarget = (typeof FAULT_TARGETS)[number];

/**
 * What happens to a matching request.
 *
 * - `status`: answered at once with this status, headers and body; the stand-in never sees it.
 * - `hang`: `before` nothing is ever answered and the stand-in never sees it; `headers` the stand-in works, its answer is
 *   held back; `body` head and half of the body are sent, the rest never comes.
 * - `reset`: the connection is reset, `before` or `after` the stand-in has done the work.
 * - `truncate`: the stand-in's answer is cut in half and the connection ends.
 * - `delay`: handed to the stand-in after `ms` milliseconds.
 */
export type Fault =
  | {
      readonly mode: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  | { readonly mode: 'hang'; readonly when?: 'before' | 'headers' | 'body' }
  | { readonly mode: 'reset'; readonly when?: 'before' | 'after' }
  | { readonly mode: 'truncate' }
  | { readonly mode: 'delay'; readonly ms: number };

/** Which requests to a target a fault applies to, and how often. */
export interface FaultRule {
  readonly target: FaultTarget;
  /** HTTP method; any when absent. */
  readonly method?: string;
  /** A part of the request's path or of its `x-amz-target`, for example `CreateChatToken`; any when absent. */
  readonly match?: string;
  /** How many requests it applies to; without it, until removed. */
  readonly times?: number;
  readonly fault: Fault;
}

const MODES = ['status', 'hang', 'reset', 'truncate', 'delay'];

/** @throws TypeError saying what is wrong with a rule that came over the control port. */
export function parseFaultRule(raw: unknown): FaultRule {
  if (typeof raw !== 'object' || raw === null) throw new TypeError('a fault rule is a JSON object');
  const rule = raw as Partial<FaultRule>;
  if (!FAULT_TARGETS.includes(rule.target as FaultTarget)) {
    throw new TypeError(`target must be one of ${FAULT_TARGETS.join(', ')}`);
  }
  const fault = rule.fault as Partial<Fault> | undefined;
  if (!fault || !MODES.includes(fault.mode as string)) {
    throw new TypeError(`fault.mode must be one of ${MODES.join(', ')}`);
  }
  if (fault.mode === 'status') checkStatusFault(fault);
  if (fault.mode === 'delay' && !(Number(fault.ms) >= 0 && Number(fault.ms) <= 60_000)) {
    throw new TypeError('fault.ms must be a number of milliseconds from 0 to 60000');
  }
  if (rule.times !== undefined && !(Number.isInteger(rule.times) && rule.times > 0)) {
    throw new TypeError('times must be a positive whole number');
  }
  for (const member of ['method', 'match'] as const) {
    const value = rule[member];
    if (value !== undefined && typeof value !== 'string') throw new TypeError(`${member} must be a text`);
  }
  checkWhen(fault);
  return { ...rule, ...(rule.method && { method: rule.method.toUpperCase() }) } as FaultRule;
}

const WHEN: Readonly<Record<string, readonly string[]>> = {
  hang: ['before', 'headers', 'body'],
  reset: ['before', 'after'],
};

function checkWhen({ mode = 'status', when }: Partial<Fault> & { readonly when?: string }): void {
  if (when === undefined) return;
  const allowed = WHEN[mode] ?? [];
  if (!allowed.includes(when)) {
    throw new TypeError(`fault.when of ${mode} must be one of: ${allowed.join(', ') || 'nothing'}`);
  }
}

/** What would otherwise throw when the fault is played, inside a stand-in's request listener. */
function checkStatusFault({ status, headers = {} }: Partial<Extract<Fault, { mode: 'status' }>>): void {
  if (!(Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599)) {
    throw new TypeError('fault.status must be an HTTP status from 200 to 599');
  }
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    if (/^(?:transfer-encoding|trailer|connection|content-length)$/i.test(name)) {
      throw new TypeError(`fault.headers must not hold ${name}: use the other modes to break an answer`);
    }
  }
}
