import { asProblem, PROBLEMS, type ProblemError } from '../errors/index.ts';
import type { HttpAnswer, Step } from './exchange.ts';
import type { RouteAnswer } from './route.ts';

/** Answers hold tokens and decisions about people: nobody on the way keeps them. */
const NEVER_STORED = { 'cache-control': 'no-store' };

const REALM = 'realm="roomkeeper"';

/** @returns a route's answer as API Gateway takes it. */
export function jsonAnswer({ status, body }: RouteAnswer): HttpAnswer {
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...NEVER_STORED },
    body: JSON.stringify(body),
  };
}

/** Turns whatever a step has thrown into problem details (RFC 9457). Nothing but a ProblemError's own parts gets out. */
export const answerProblems: Step = {
  onError: (exchange) => {
    const problem = asProblem(exchange.error);
    exchange.response = problemAnswer(problem, exchange.event.requestContext.requestId);
  },
};

function problemAnswer(problem: ProblemError, requestId: string): HttpAnswer {
  const { code, statusCode, detail, retryAfterSeconds, errors } = problem;
  const { title } = PROBLEMS[code];
  return {
    statusCode,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      ...NEVER_STORED,
      ...(statusCode === 401 && { 'www-authenticate': challengeFor(code) }),
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify({
      type: `urn:roomkeeper:problem:${code}`,
      title,
      status: statusCode,
      detail,
      code,
      requestId,
      retryAfterSeconds,
      errors,
    }),
  };
}

/** RFC 6750, section 3.1: no error is named to somebody who has sent no credentials. */
function challengeFor(code: ProblemError['code']): string {
  return code === 'no-credentials' ? `Bearer ${REALM}` : `Bearer ${REALM}, error="invalid_token"`;
}
