import { readFileSync } from 'node:fs';

/** The operations of IVS Chat that our routes use. */
export type OperationName = 'CreateChatToken' | 'DeleteMessage' | 'DisconnectUser' | 'SendEvent';

/** What a faulty IVS Chat does with one request. */
export type Play =
  | 'OK'
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: unknown;
      readonly body_raw?: string;
    }
  | { readonly hang: 'before_headers' | 'after_headers' }
  | { readonly drip_ms: number }
  | { readonly connect: 'reset' | 'reset_after_apply' }
  | { readonly reset: 'mid_body' };

/** Where no server answers at all: no stand-in can play it, an address can. */
type AddressFault =
  | { readonly connect: 'blackhole' | 'refused' }
  | { readonly dns: 'ENOTFOUND' }
  | { readonly tls: 'self_signed' };

/**
 * One line of test/cases/ivs-faults.jsonl. IVS Chat models the quota of a row called `quota` for CreateRoom; it is played to our
 * operations as well, since an account can run into one anywhere.
 */
export interface FaultRow {
  readonly id: string;
  readonly ops: readonly (OperationName | 'CreateRoom')[];
  readonly response: Play | readonly Play[] | AddressFault;
  readonly expect: {
    readonly status: readonly number[];
    readonly not_status?: readonly number[];
    readonly header_present?: readonly string[];
    readonly body_must_not_contain?: readonly string[];
    readonly max_attempts?: number;
    /** Of the whole call; the promise itself, not a measure of speed. */
    readonly max_ms?: number;
    readonly alarm?: boolean;
  };
}

export const ROWS: readonly FaultRow[] = readFileSync(
  new URL('../cases/ivs-faults.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as FaultRow);

/**
 * Which test file runs a row: `answer` something is answered, `connection` an accepted connection misbehaves, `address`
 * there is no connection.
 */
export type RowKind = 'answer' | 'connection' | 'address';

/** @throws TypeError for a response that no test knows how to play. */
export function kindOf({ id, response }: FaultRow): RowKind {
  const [first] = Array.isArray(response) ? (response as Play[]) : [response as Play | AddressFault];
  if (first === undefined || first === 'OK') throw new TypeError(`row ${id} plays nothing`);
  if ('status' in first) return 'answer';
  if ('hang' in first || 'drip_ms' in first || 'reset' in first) return 'connection';
  if ('dns' in first || 'tls' in first) return 'address';
  return first.connect === 'blackhole' || first.connect === 'refused' ? 'address' : 'connection';
}

/** @returns the rows of a kind that touch an operation of ours. */
export function rowsOf(kind: RowKind): readonly FaultRow[] {
  return ROWS.filter((row) => kindOf(row) === kind && operationsOf(row).length > 0);
}

/** @throws Error when there is no such row. */
export function rowCalled(id: string): FaultRow {
  const row = ROWS.find((candidate) => candidate.id === id);
  if (!row) throw new Error(`no row is called ${id}`);
  return row;
}

/** Rooms are not created through the API yet. */
export function operationsOf({ ops }: FaultRow): readonly OperationName[] {
  return ops.filter((operation) => operation !== 'CreateRoom');
}

/** @returns what IVS Chat does, attempt after attempt; for a row that is no address. */
export function playsOf({ response }: FaultRow): readonly Play[] {
  return (Array.isArray(response) ? response : [response]) as readonly Play[];
}
