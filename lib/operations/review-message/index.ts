export type { StartTimer } from './deadline.ts';
export { cacheEngines } from './engine-cache.ts';
export type { ReviewAnswer } from './review-answer.ts';
export {
  type PolicySource,
  REVIEW_DEADLINE_MS,
  type ReviewLogEntry,
  type ReviewMessageDeps,
  reviewMessage,
} from './review-message.ts';
