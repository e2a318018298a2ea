import type { MiddlewareObj, Request } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { RoomCaller } from '../access/index.ts';
import type { Caller } from '../auth/index.ts';
import type { RoomRoute, Route } from './route.ts';

/** What the steps of the pipeline have found out about a request so far. Each step fills in its own part. */
export interface Progress {
  startedAt: number;
  route: Route;
  body: unknown;
  caller: Caller;
  path: Readonly<Record<string, string>>;
  roomCaller: RoomCaller;
}

/** HTTP API event, payload version 2.0. */
export type HttpEvent = APIGatewayProxyEventV2;
export type HttpAnswer = APIGatewayProxyStructuredResultV2;
export type HttpExchange = Request<HttpEvent, HttpAnswer, Error, Context, Partial<Progress>>;
export type Step = MiddlewareObj<HttpEvent, HttpAnswer, Error, Context, Partial<Progress>>;

/**
 * @returns what an earlier step has left in the exchange.
 * @throws TypeError when the steps stand in the wrong order.
 */
export function known<Key extends keyof Progress>(exchange: HttpExchange, key: Key): Progress[Key] {
  const value = exchange.internal[key];
  if (value === undefined) throw new TypeError(`no earlier step of the pipeline has set "${key}"`);
  return value as Progress[Key];
}

/** @throws TypeError when an open route has come into a pipeline for rooms: that is our mistake. */
export function roomRouteOf(exchange: HttpExchange): RoomRoute {
  const route = known(exchange, 'route');
  if (route.access !== 'room') throw new TypeError('an open route stands in a pipeline for rooms');
  return route;
}
