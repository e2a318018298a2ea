import { describe, expect, it } from 'vitest';
import { healthRoutes } from '../../../lib/routes/health.ts';

describe('the health route', () => {
  const route = healthRoutes('1.2.3').get('GET /health');

  it('tells anyone that it lives, and which version it is', async () => {
    expect(route?.access).toBe('open');
    expect(await route?.run()).toEqual({ status: 200, body: { status: 'ok', version: '1.2.3' } });
  });
});
