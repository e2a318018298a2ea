import { describe, expect, it } from 'vitest';
import { healthRoutes } from '../../../lib/routes/health.ts';
import { judgementOf, routeOf } from './body-of.ts';

describe('the health route', () => {
  const route = routeOf(healthRoutes('1.2.3'), 'GET /health');

  it('tells anyone that it lives, and which version it is', async () => {
    expect(route.access).toBe('open');
    expect(await route.run()).toEqual({ status: 200, body: { status: 'ok', version: '1.2.3' } });
  });

  it('takes no body', () => {
    expect(judgementOf(route, {})).toBe('accepted');
    expect(judgementOf(route, { a: 1 })).toEqual(['']);
  });
});
