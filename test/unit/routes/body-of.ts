import type { RoomRoute, RouteTable } from '../../../lib/http/index.ts';

/** @returns a route of a table. @throws Error when there is none with this key. */
export function routeOf(routes: RouteTable<RoomRoute>, key: string): RoomRoute {
  const route = routes.get(key);
  if (!route) throw new Error(`no route has the key ${key}`);
  return route;
}

/** @returns `accepted`, or the places of the body that are refused. */
export function judgementOf({ body }: RoomRoute, value: unknown): string | string[] {
  const { success, error } = body.safeParse(value);
  return success ? 'accepted' : [...new Set(error.issues.map(({ path }) => path.join('.')))];
}
