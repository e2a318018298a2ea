import { isDeepStrictEqual } from 'node:util';
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
  /**
   * @returns what breaks the rule. It may be silent where there is nothing of the types that it is about: that they are
   * there is a rule of its own (`resources-are-complete`).
   */
  readonly check: (template: Template) => Iterable<Problem>;
}

/** What a value has to be, and what is wrong when it is anything else (another type or an intrinsic function included). */
export type Due = readonly [value: unknown, due: unknown, problem: string];

/** @returns the problem of every value that is not what is due. */
export function* unlike(about: string, due: readonly Due[]): Iterable<Problem> {
  for (const [is, expected, problem] of due) if (!isDeepStrictEqual(is, expected)) yield [about, problem];
}
