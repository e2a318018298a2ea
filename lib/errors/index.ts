export { PROBLEM_CODES, PROBLEMS, type ProblemCode, type ProblemKind } from './problem-codes.ts';
export { asProblem, type BodyError, ProblemError, type ProblemOptions } from './problem-error.ts';
