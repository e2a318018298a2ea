import type * as z from 'zod';
import type { Role, RoomCaller } from '../access/index.ts';

/** What a route answers: a status and a body that becomes JSON. */
export interface RouteAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What a room route's work is given: everything in it was checked. */
export interface RoomRequest<Body> {
  readonly caller: RoomCaller;
  /** Path parameters by name, each of the shape that the route asks for. */
  readonly path: Readonly<Record<string, string>>;
  readonly body: Body;
  /** Milliseconds until Lambda ends the function. */
  readonly remainingMs: number;
}

/** A route in a registered room, for verified callers of a role. */
export interface RoomRoute<Body = unknown> {
  readonly access: 'room';
  /** Strict: what it does not name is refused. */
  readonly body: z.ZodType<Body>;
  readonly minimumRole: Role;
  /** Shape of every path parameter besides `roomId`, which all room routes have. */
  readonly parameters: Readonly<Record<string, RegExp>>;
  run(request: RoomRequest<Body>): Promise<RouteAnswer>;
}

/** A route that anyone may call; whatever body they send is not looked at. */
export interface OpenRoute {
  readonly access: 'open';
  run(): Promise<RouteAnswer>;
}

export type Route = RoomRoute | OpenRoute;

/** Routes of a function by route key, for example `POST /rooms/{roomId}/tokens`. */
export type RouteTable<Kind extends Route = Route> = ReadonlyMap<string, Kind>;

/** Ties a route's work to the type that its schema yields. */
export function roomRoute<Body>(route: Omit<RoomRoute<Body>, 'access'>): RoomRoute {
  // The pipeline hands `run` only what `body` has parsed, so forgetting the type here is safe.
  return Object.freeze({ access: 'room', ...route }) as unknown as RoomRoute;
}
