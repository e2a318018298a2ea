import type { OpenRoute, RouteTable } from '../http/index.ts';

/** Routes of the `health` function. @param version of this build. */
export function healthRoutes(version: string): RouteTable<OpenRoute> {
  const health: OpenRoute = {
    access: 'open',
    run: async () => ({ status: 200, body: { status: 'ok', version } }),
  };
  return new Map([['GET /health', health]]);
}
