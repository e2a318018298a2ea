export type { Allowed, Attributes, Decision, Denied, Finding } from './decision.ts';
export { ruleIdsOf } from './decision.ts';
export { DENIAL_CODES, type DenialCode, formatReason } from './denial-codes.ts';
export { createEngine, type Engine, type Message, type NameDecision } from './engine.ts';
export type { Evasion } from './normalise/reading.ts';
export {
  type BlockedTerm,
  DEFAULT_POLICY,
  MAXIMUM_MESSAGE_CODE_POINTS,
  type ReviewPolicy,
  SERVER_ATTRIBUTE_KEYS,
  type TermAction,
} from './policy.ts';
export { PolicyError, type PolicyProblem, type PolicyProblemCode } from './policy-error.ts';
export { attributesBytes, claimsServerKey, MAXIMUM_ATTRIBUTES_BYTES } from './rules/attributes.ts';
