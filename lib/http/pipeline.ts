import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Roster } from '../access/index.ts';
import type { Authenticate } from '../auth/index.ts';
import type { RoomRegistry } from '../rooms/index.ts';
import { answerProblems, jsonAnswer } from './answer.ts';
import type { HttpAnswer, HttpEvent, HttpExchange, Progress, Step } from './exchange.ts';
import { known, roomRouteOf } from './exchange.ts';
import { type LogRequestDeps, logRequest } from './log-request.ts';
import { readBody } from './read-body.ts';
import type { OpenRoute, RoomRoute, RouteTable } from './route.ts';
import { findRoute, readPath, requireRegisteredRoom, requireRole, verifyCaller } from './steps.ts';

/** What every pipeline for rooms needs. */
export interface RoomPipelineDeps extends LogRequestDeps {
  readonly authenticate: Authenticate;
  readonly registry: RoomRegistry;
  readonly roster: Roster;
}

/** A Lambda handler for HTTP API events. */
export type HttpHandler = (event: HttpEvent, context: Context) => Promise<HttpAnswer>;

/**
 * The way of every request that names a room: JSON body → bearer → path → registered room → role → the route's work → answer.
 * docs/adr/0005 says why in this order.
 */
export function createRoomHandler(routes: RouteTable<RoomRoute>, deps: RoomPipelineDeps): HttpHandler {
  const steps = [
    ...commonSteps(routes, deps),
    readBody,
    verifyCaller(deps.authenticate),
    readPath,
    requireRegisteredRoom(deps.registry),
    requireRole(deps.roster),
  ];
  return createHandler(steps, (exchange) =>
    roomRouteOf(exchange).run({
      caller: known(exchange, 'roomCaller'),
      path: known(exchange, 'path'),
      body: known(exchange, 'body'),
      remainingMs: exchange.context.getRemainingTimeInMillis(),
    }),
  );
}

/** The way of requests that anyone may make. */
export function createOpenHandler(routes: RouteTable<OpenRoute>, deps: LogRequestDeps): HttpHandler {
  return createHandler(commonSteps(routes, deps), (exchange) =>
    (known(exchange, 'route') as OpenRoute).run(),
  );
}

/** Middy runs `after` and `onError` from the last step to the first: the answer is made before it is logged. */
function commonSteps(routes: RouteTable, deps: LogRequestDeps): Step[] {
  return [logRequest(deps), answerProblems, findRoute(routes)];
}

function createHandler(
  steps: Step[],
  run: (exchange: HttpExchange) => Promise<Parameters<typeof jsonAnswer>[0]>,
): HttpHandler {
  // A step rather than Middy's base handler, which is given the event only and not what the steps have found out.
  const runRoute: Step = {
    after: async (exchange) => {
      exchange.response = jsonAnswer(await run(exchange));
    },
  };
  const pipeline = middy<HttpEvent, HttpAnswer, Error, Context, Partial<Progress>>();
  return pipeline.use([...steps, runRoute]) as unknown as HttpHandler;
}
