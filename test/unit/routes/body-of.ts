import type { OpenRoute, RoomRoute, RouteTable } from '../../../lib/http/index.ts';

/** @returns a route of a table. @throws Error when there is none with this key. */
export function routeOf<Kind extends RoomRoute | OpenRoute>(routes: RouteTable<Kind>, key: string): Kind {
  const route = routes.get(key);
  if (!route) throw new Error(`no route has the key ${key}`);
  return route;
}

/** @returns `accepted`, or the places of the body that are refused. */
export function judgementOf({ body }: RoomRoute | OpenRoute, value: unknown): string | string[] {
  const { success, error } = body.safeParse(value);
  return success ? 'accepted' : [...new Set(error.issues.map(({ path }) => path.join('.')))];
}
