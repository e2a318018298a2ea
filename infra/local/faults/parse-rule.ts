import { validateHeaderName, validateHeaderValue } from 'node:http';
import { FAULT_TARGETS, type Fault, type FaultRule, type FaultTarget } from './rule.ts';

/** What each mode takes besides `mode`. */
const MEMBERS: Readonly<Record<Fault['mode'], readonly string[]>> = {
  status: ['status', 'headers', 'body'],
  hang: ['when'],
  reset: ['when'],
  truncate: [],
  drip: ['ms'],
  delay: ['ms'],
};
const RULE_MEMBERS = ['target', 'method', 'match', 'times', 'fault'];
const WHEN: Readonly<Record<string, readonly string[]>> = {
  hang: ['before', 'headers', 'body'],
  reset: ['before', 'after', 'body'],
};
const MAX_MS = 60_000;
/** Nothing but times that can be played (board.ts). */
const HEADER_TIME = /^(?:(?!\{\{).|\{\{NOW[+-]\d{1,9}s\}\})*$/s;

/** @throws TypeError saying what is wrong with a rule that came over the control port. */
export function parseFaultRule(raw: unknown): FaultRule {
  if (typeof raw !== 'object' || raw === null) throw new TypeError('a fault rule is a JSON object');
  const rule = raw as Partial<FaultRule>;
  refuseOthers('rule', rule, RULE_MEMBERS);
  if (!FAULT_TARGETS.includes(rule.target as FaultTarget)) {
    throw new TypeError(`target must be one of ${FAULT_TARGETS.join(', ')}`);
  }
  if (rule.times !== undefined && !(Number.isInteger(rule.times) && rule.times > 0)) {
    throw new TypeError('times must be a positive whole number');
  }
  for (const member of ['method', 'match'] as const) {
    const value = rule[member];
    if (value !== undefined && typeof value !== 'string') throw new TypeError(`${member} must be a text`);
  }
  const fault = parseFault(rule.fault);
  return { ...rule, ...(rule.method && { method: rule.method.toUpperCase() }), fault } as FaultRule;
}

function parseFault(raw: unknown): Fault {
  const fault = (raw ?? {}) as Partial<Fault>;
  const { mode } = fault;
  if (typeof mode !== 'string' || !Object.hasOwn(MEMBERS, mode)) {
    throw new TypeError(`fault.mode must be one of ${Object.keys(MEMBERS).join(', ')}`);
  }
  if (fault.mode === 'status') return parseStatusFault(fault);
  checkWhen(mode, fault as { readonly when?: string });
  refuseOthers(`fault of mode ${mode}`, fault, ['mode', ...MEMBERS[mode]]);
  if (fault.mode === 'drip') checkMs(fault.ms, 1);
  if (fault.mode === 'delay') checkMs(fault.ms, 0);
  return fault as Fault;
}

/** What is not understood would be ignored, and a test would prove nothing. */
function refuseOthers(what: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((member) => !known.includes(member));
  if (unknown !== undefined) throw new TypeError(`a ${what} has no ${unknown}, only ${known.join(', ')}`);
}

function checkMs(ms: unknown, least: number): void {
  if (!(typeof ms === 'number' && ms >= least && ms <= MAX_MS)) {
    throw new TypeError(`fault.ms must be a number of milliseconds from ${least} to ${MAX_MS}`);
  }
}

function checkWhen(mode: string, { when }: { readonly when?: string }): void {
  if (when === undefined) return;
  const allowed = WHEN[mode] ?? [];
  if (!allowed.includes(when)) {
    throw new TypeError(`fault.when of ${mode} must be one of: ${allowed.join(', ') || 'nothing'}`);
  }
}

/** Checks what would otherwise throw when the fault is played, inside a stand-in's request listener. */
function parseStatusFault(fault: Partial<Extract<Fault, { mode: 'status' }>>): Fault {
  refuseOthers('fault of mode status', fault, ['mode', ...MEMBERS.status]);
  const { status, headers = {} } = fault;
  if (!(Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599)) {
    throw new TypeError('fault.status must be an HTTP status from 200 to 599');
  }
  if (Object.getPrototypeOf(headers ?? '') !== Object.prototype) {
    throw new TypeError('fault.headers must be an object of texts');
  }
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') throw new TypeError(`fault.headers.${name} must be a text`);
    validateHeaderName(name);
    validateHeaderValue(name, value);
    if (/\{\{/.test(value) && !HEADER_TIME.test(value)) {
      throw new TypeError(`fault.headers.${name}: a time is {{NOW+900s}} or {{NOW-900s}}, of up to 9 digits`);
    }
    if (/^(?:transfer-encoding|trailer|connection|content-length)$/i.test(name)) {
      throw new TypeError(`fault.headers must not hold ${name}: use the other modes to break an answer`);
    }
  }
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...fault, headers: Object.fromEntries(lowerCase) } as Fault;
}
