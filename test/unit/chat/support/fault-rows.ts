import { readFileSync } from 'node:fs';
import { OPERATIONS, type OperationName } from './chat-calls.ts';
import type { Play } from './ivs-server.ts';

/** Failures of the connection itself: a server cannot play them, an address can. */
export interface ConnectionFault {
  readonly connect?: 'blackhole' | 'refused';
  readonly dns?: 'ENOTFOUND';
  readonly tls?: 'self_signed';
}

/** One line of test/cases/ivs-faults.jsonl. */
export interface FaultRow {
  readonly id: string;
  readonly ops: readonly OperationName[];
  readonly response: Play | readonly Play[] | ConnectionFault;
  readonly expect: {
    readonly status: readonly number[];
    readonly not_status?: readonly number[];
    readonly header_present?: readonly string[];
    readonly max_attempts?: number;
    readonly body_must_not_contain?: readonly string[];
  };
}

const rows = readFileSync(new URL('../../../cases/ivs-faults.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as FaultRow)
  .map((row) => ({ ...row, ops: row.ops.filter((operation) => OPERATIONS.includes(operation)) }));

const CONNECTION_ROWS = new Set(['never-accepts', 'refused', 'dns-failure', 'tls-bad-cert']);

/** Rows that a server plays. */
export const serverRows: readonly FaultRow[] = rows.filter(({ id }) => !CONNECTION_ROWS.has(id));

/** @throws Error when there is no such row. */
export function connectionRow(id: string): FaultRow {
  const row = rows.find((candidate) => candidate.id === id);
  if (!row) throw new Error(`no row is called ${id}`);
  return row;
}

/** What the server is to do, attempt after attempt. */
export function playsOf({ response }: FaultRow): readonly Play[] {
  return (Array.isArray(response) ? response : [response]) as readonly Play[];
}

/** Rows in which every attempt runs out of its time. */
export function isSlow(row: FaultRow): boolean {
  return playsOf(row).some((play) => play !== 'OK' && ('hang' in play || 'drip_ms' in play));
}
