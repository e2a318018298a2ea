import type { Template } from './template.ts';

/** Something in a template that must not be deployed. */
export interface Finding {
  readonly rule: string;
  /** Logical id of the resource, or what else the finding is about. */
  readonly about: string;
  /** What is wrong, in words that say what is expected. */
  readonly problem: string;
}

export type Problem = readonly [about: string, problem: string];

/** A rule that every packaged template must satisfy. */
export interface Rule {
  /** Its stable name, by which tests and people refer to it. */
  readonly name: string;
  /** @returns what breaks the rule. A rule that does not find what it is about says so: silence means that it holds. */
  readonly check: (template: Template) => Iterable<Problem>;
}
