import { asProblem, PROBLEMS, type ProblemError, type ProblemKind } from '../errors/index.ts';
import type { Log } from '../log/index.ts';
import type { HttpExchange, Step } from './exchange.ts';

/** What logging needs. */
export interface LogRequestDeps {
  readonly log: Log;
  /** @returns milliseconds; only differences count. */
  readonly now: () => number;
}

/**
 * One line a request: which route, how it ended, how long it took. The route is its key in our table, never the path, which
 * holds ids. Of an unexpected error only names are written: messages of upstreams hold ARNs, and more.
 */
export function logRequest({ log, now }: LogRequestDeps): Step {
  // In braces: Middy would take what a step returns for the answer.
  const write = (exchange: HttpExchange, status: number, problem?: ProblemError) => {
    log({
      event: 'request',
      route: exchange.internal.route ? exchange.event.routeKey : 'none',
      status,
      code: problem?.code,
      alarm: problem && alarmOf(problem),
      causes: problem && status >= 500 ? causeNames(problem) : undefined,
      latencyMs: Math.round((now() - (exchange.internal.startedAt ?? now())) * 10) / 10,
      requestId: exchange.event.requestContext.requestId,
    });
  };
  return {
    before: ({ internal }) => {
      internal.startedAt = now();
    },
    after: (exchange) => write(exchange, exchange.response?.statusCode ?? 0),
    onError: (exchange) => {
      const problem = asProblem(exchange.error);
      write(exchange, problem.statusCode, problem);
    },
  };
}

function alarmOf({ code }: ProblemError): true | undefined {
  const { alarm }: ProblemKind = PROBLEMS[code];
  return alarm;
}

/** What classes are called. The AWS SDK names errors as the answer's header says, and a header can say anything. */
const CLASS_NAME = /^[A-Z][A-Za-z0-9]{1,63}$/;

/** Deeper chains are loops. */
const MAX_CAUSES = 5;

function causeNames(problem: ProblemError): string[] {
  const names: string[] = [];
  let cause: unknown = problem.cause;
  while (cause instanceof Error && names.length < MAX_CAUSES) {
    names.push(CLASS_NAME.test(cause.name) ? cause.name : 'Error');
    cause = cause.cause;
  }
  return names;
}
