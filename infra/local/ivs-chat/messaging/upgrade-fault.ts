import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Fault } from '../../faults/rule.ts';
import { textOf } from '../../faults/suffer.ts';

/** One way to treat an upgrade request. */
export interface UpgradeHandling {
  /** Handles it as if there were no fault. */
  readonly proceed: () => void;
  /** Judges the token, which uses it up, and answers nothing. */
  readonly judgeOnly: () => void;
  /** Runs later, unless the stand-in is closed first. */
  readonly later: (run: () => void, ms: number) => void;
}

/** The first half of a handshake's answer. */
const HALF_AN_ANSWER = 'HTTP/1.1 101 Switching Protocols\r\nUpgr';

/**
 * Makes an upgrade request suffer a fault.
 *
 * A handshake has no body: `truncate` and `reset` at `body` cut its head in half, and `hang` at `body` stops
 * there and keeps the socket open.
 */
export function sufferUpgradeFault(fault: Fault, socket: Duplex, handling: UpgradeHandling): void {
  switch (fault.mode) {
    case 'status':
      socket.end(statusAnswer(fault));
      return;
    case 'delay':
      handling.later(handling.proceed, fault.ms);
      return;
    case 'truncate':
      handling.judgeOnly();
      socket.end(HALF_AN_ANSWER);
      return;
    case 'reset':
      if (fault.when === 'after' || fault.when === 'body') handling.judgeOnly();
      if (fault.when === 'body') socket.write(HALF_AN_ANSWER, () => reset(socket));
      else reset(socket);
      return;
    case 'drip':
      // The fault board refuses such a rule.
      socket.destroy();
      return;
    case 'hang':
      if (fault.when === 'headers' || fault.when === 'body') handling.judgeOnly();
      if (fault.when === 'body') socket.write(HALF_AN_ANSWER);
      // Nobody else reads the socket now: without this it would outlive a client that has given up.
      socket.resume().once('end', () => socket.destroy());
  }
}

function statusAnswer({ status, headers, body }: Extract<Fault, { mode: 'status' }>): string {
  const text = textOf(body);
  const head = {
    'content-type': 'application/json',
    ...headers,
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`, ...lines, '', text].join('\r\n');
}

function reset(socket: Duplex): void {
  if ('resetAndDestroy' in socket && typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
  else socket.destroy();
}
