import { readVersion } from '../lib/environment.ts';
import { createOpenHandler } from '../lib/http/index.ts';
import { writeLog } from '../lib/log/index.ts';
import { healthRoutes } from '../lib/routes/health.ts';

/** GET /health */
export const handler = createOpenHandler(healthRoutes(readVersion()), {
  log: writeLog,
  now: () => performance.now(),
});
