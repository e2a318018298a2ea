import { DEFAULT_POLICY, type ReviewPolicy } from '../../../lib/moderation/index.ts';
import {
  cacheEngines,
  type ReviewLogEntry,
  type ReviewMessageDeps,
  reviewMessage,
} from '../../../lib/operations/review-message/index.ts';

export const ROOM_ID = 'AbCdEfGhIjKl';

/** A request as IVS sends it. */
export const eventWith = (members: Record<string, unknown> = {}): Record<string, unknown> => ({
  Content: 'hello',
  MessageId: 'MnOpQrStUvWx',
  RoomArn: `arn:aws:ivschat:eu-west-1:123456789012:room/${ROOM_ID}`,
  Attributes: null,
  Sender: { UserId: 'user-1', Attributes: { role: 'viewer' }, Ip: '203.0.113.7' },
  ...members,
});

/** A review function on a timer and a clock that the test drives, with what it logged. */
export function createReviewer(deps: Partial<ReviewMessageDeps> = {}) {
  const log: ReviewLogEntry[] = [];
  const timers = new Map<() => void, number>();
  const review = reviewMessage({
    region: 'eu-west-1',
    accountId: '123456789012',
    onFailure: 'deny',
    policyOf: () => DEFAULT_POLICY,
    engineFor: cacheEngines(),
    now: () => 0,
    startTimer: (milliseconds, onEnd) => {
      timers.set(onEnd, milliseconds);
      return () => timers.delete(onEnd);
    },
    log: (entry) => log.push(entry),
    ...deps,
  });
  return { review, log, timers };
}

export const policyWith = (fields: Partial<ReviewPolicy>): ReviewPolicy => ({ ...DEFAULT_POLICY, ...fields });
