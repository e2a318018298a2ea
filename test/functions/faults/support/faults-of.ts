import type { Fault } from '../../../../infra/local/faults/rule.ts';
import { type FaultRow, type Play, playsOf } from '../../../support/fault-rows.ts';

/** @returns what the fault board is told, attempt after attempt; the last one goes on for ever. */
export function faultsOf(row: FaultRow): readonly Fault[] {
  return playsOf(row).map(faultOf);
}

function faultOf(play: Play): Fault {
  if (play === 'OK') return { mode: 'delay', ms: 0 };
  if ('status' in play) {
    const { status, headers, body, body_raw } = play;
    return { mode: 'status', status, headers, body: body_raw ?? withTimesFromNow(body) };
  }
  if ('hang' in play) return { mode: 'hang', when: play.hang === 'before_headers' ? 'before' : 'body' };
  if ('drip_ms' in play) return { mode: 'drip', ms: play.drip_ms };
  if ('reset' in play) return { mode: 'reset', when: 'body' };
  return { mode: 'reset', when: play.connect === 'reset' ? 'before' : 'after' };
}

/** The rows' good answers were given at this time. */
const ANSWERED_AT = Date.parse('2025-12-31T23:59:30Z');

/** Moves the times in a good answer to where they would be now: a token from the past is refused, and rightly so. */
function withTimesFromNow(body: unknown): unknown {
  const moved = JSON.stringify(body).replace(/2026-01-01T[\d:]+Z/g, (time) =>
    new Date(Date.now() + Date.parse(time) - ANSWERED_AT).toISOString(),
  );
  return JSON.parse(moved) as unknown;
}
