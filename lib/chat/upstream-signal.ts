import { FUNCTION_RESERVE_MS, UPSTREAM_BUDGET_MS } from './limits.ts';

/**
 * The end of everything that a request asks of IVS Chat, retries included: the budget, or earlier when Lambda would end the
 * function before the answer could be sent.
 *
 * @param remainingMs what the Lambda context says is left.
 */
export function upstreamSignal(remainingMs: number): AbortSignal {
  return AbortSignal.timeout(Math.max(1, Math.min(UPSTREAM_BUDGET_MS, remainingMs - FUNCTION_RESERVE_MS)));
}
