/** What is wrong with one entry of a policy. */
export type PolicyProblemCode =
  | 'unknown-field'
  | 'wrong-type'
  | 'out-of-range'
  | 'too-many'
  | 'too-long'
  | 'empty'
  | 'wildcard-inside'
  | 'too-broad'
  | 'unknown-action'
  | 'unknown-list'
  | 'not-a-domain'
  | 'not-a-key'
  | 'reserved-key';

export interface PolicyProblem {
  /** Name of the policy's field. */
  readonly field: string;
  /** Position of the entry in its list, from 0; `null` when the field as a whole is wrong. */
  readonly position: number | null;
  readonly code: PolicyProblemCode;
  /** One sentence for the person who edits the policy. Does not repeat the entry. */
  readonly reason: string;
}

/** A policy that cannot be compiled. Holds every problem at once. */
export class PolicyError extends Error {
  readonly problems: readonly PolicyProblem[];

  constructor(problems: readonly PolicyProblem[]) {
    super(`the review policy has ${problems.length} problem(s)`);
    this.name = 'PolicyError';
    this.problems = problems;
  }
}
