import { effectiveRole, isAtLeast, type Roster } from '../access/index.ts';
import type { Authenticate } from '../auth/index.ts';
import { ProblemError } from '../errors/index.ts';
import type { RoomRegistry } from '../rooms/index.ts';
import { type HttpExchange, known, roomRouteOf, type Step } from './exchange.ts';
import type { RouteTable } from './route.ts';

/** Room ids of IVS Chat: what follows `room/` in a room's ARN. */
const ROOM_ID = /^[a-zA-Z0-9]{12}$/;

/** Finds the route by the key that API Gateway matched. @throws ProblemError `route-not-found` */
export function findRoute(routes: RouteTable): Step {
  return {
    before: ({ event, internal }) => {
      const route = routes.get(event.routeKey);
      if (!route) throw new ProblemError('route-not-found');
      internal.route = route;
    },
  };
}

/** Verifies who calls. @throws ProblemError `no-credentials`, `invalid-token`, `jwks-unavailable` */
export function verifyCaller(authenticate: Authenticate): Step {
  return {
    before: async ({ event, internal }) => {
      internal.caller = await authenticate(event.headers.authorization);
    },
  };
}

/** Checks the shape of what the path names. @throws ProblemError `invalid-path` */
export const readPath: Step = {
  before: (exchange) => {
    const { pathParameters = {} } = exchange.event;
    const shapes = { ...roomRouteOf(exchange).parameters, roomId: ROOM_ID };
    const path = Object.entries(shapes).map(([name, shape]) => {
      const value = pathParameters[name];
      if (value === undefined || !shape.test(value)) throw new ProblemError('invalid-path');
      return [name, value] as const;
    });
    exchange.internal.path = Object.fromEntries(path);
  },
};

/** Lets only registered rooms exist. @throws ProblemError `room-not-found` */
export function requireRegisteredRoom(registry: RoomRegistry): Step {
  return {
    before: async (exchange) => {
      if (!(await registry.isRegistered(roomIdOf(exchange)))) throw new ProblemError('room-not-found');
    },
  };
}

/** Works out the caller's role in the room. @throws ProblemError `role-too-low` */
export function requireRole(roster: Roster): Step {
  return {
    before: async (exchange) => {
      const { userId, groups } = known(exchange, 'caller');
      const role = effectiveRole(groups, await roster.grantOf(roomIdOf(exchange), userId));
      if (!isAtLeast(role, roomRouteOf(exchange).minimumRole)) throw new ProblemError('role-too-low');
      exchange.internal.roomCaller = { userId, role };
    },
  };
}

function roomIdOf(exchange: HttpExchange): string {
  return known(exchange, 'path').roomId ?? '';
}
