import { type DenialCode, type Engine, type ReviewPolicy, ruleIdsOf } from '../../moderation/index.ts';
import { DeadlineError, type StartTimer, withinDeadline } from './deadline.ts';
import { answerFor, answerWithoutReview, deny, type ReviewAnswer } from './review-answer.ts';
import { contentOf, parseReviewEvent, type ReviewLocation, type ReviewRequest } from './review-event.ts';

/** Where a room's policy comes from. The same version of a policy must be the same object. */
export type PolicySource = (roomId: string) => ReviewPolicy | Promise<ReviewPolicy>;

/** One line a decision. Never text, user ids, addresses or attributes. */
export interface ReviewLogEntry {
  readonly event: 'review';
  /** `null` when the event names no room of ours. */
  readonly roomId: string | null;
  readonly decision: ReviewAnswer['ReviewResult'];
  readonly code: DenialCode | null;
  readonly ruleIds: readonly string[];
  readonly latencyMs: number;
  /** The kind of the error when review failed. */
  readonly failure?: string;
}

export interface ReviewMessageDeps extends ReviewLocation {
  readonly onFailure: 'deny' | 'allow';
  readonly policyOf: PolicySource;
  readonly engineFor: (policy: ReviewPolicy) => Engine;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  readonly startTimer: StartTimer;
  readonly log: (entry: ReviewLogEntry) => void;
}

/** IVS gives up after 200 ms, not adjustable (service quotas); timers of a busy function may be tens of ms late. */
export const REVIEW_DEADLINE_MS = 120;

interface Outcome extends Pick<ReviewLogEntry, 'roomId' | 'code' | 'ruleIds' | 'failure'> {
  readonly answer: ReviewAnswer;
}

/**
 * No timer interrupts the engine, which is synchronous: a decision that comes too late counts as none, so that the log says
 * what the room has seen.
 */
async function review(deps: ReviewMessageDeps, request: ReviewRequest, startedAt: number): Promise<Outcome> {
  const { policyOf, engineFor, startTimer, now } = deps;
  const policy = await withinDeadline(() => policyOf(request.roomId), REVIEW_DEADLINE_MS, startTimer);
  const decision = engineFor(policy).review(request);
  if (now() - startedAt > REVIEW_DEADLINE_MS) throw new DeadlineError();
  const isDenied = decision.result === 'DENY';
  return {
    roomId: request.roomId,
    code: isDenied ? decision.code : null,
    ruleIds: isDenied ? decision.ruleIds : ruleIdsOf(decision.masked),
    answer: answerFor(request, decision),
  };
}

function failed({ onFailure }: ReviewMessageDeps, request: ReviewRequest, error: unknown): Outcome {
  return {
    roomId: request.roomId,
    code: 'unavailable',
    ruleIds: [],
    failure: error instanceof Error ? error.name : 'unknown',
    answer: answerWithoutReview(request, onFailure),
  };
}

async function outcomeOf(deps: ReviewMessageDeps, event: unknown, startedAt: number): Promise<Outcome> {
  const request = parseReviewEvent(event, deps);
  if (!request)
    return { roomId: null, code: 'invalid', ruleIds: [], answer: deny(contentOf(event), 'invalid') };
  try {
    return await review(deps, request, startedAt);
  } catch (error) {
    return failed(deps, request, error);
  }
}

/**
 * Decides about one message that IVS asks about. Answers whatever the event is and whatever fails, and never throws.
 *
 * @returns a function of the raw event.
 */
export const reviewMessage =
  (deps: ReviewMessageDeps) =>
  async (event: unknown): Promise<ReviewAnswer> => {
    const startedAt = deps.now();
    const { answer, ...outcome } = await outcomeOf(deps, event, startedAt);
    try {
      const latencyMs = Math.round((deps.now() - startedAt) * 1000) / 1000;
      deps.log({ event: 'review', decision: answer.ReviewResult, ...outcome, latencyMs });
    } catch {
      // A line that cannot be written must not cost the room its decision.
    }
    return answer;
  };
