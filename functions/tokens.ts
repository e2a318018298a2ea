import { emptyRoster } from '../lib/access/index.ts';
import { createAuthenticate, fetchJwks } from '../lib/auth/index.ts';
import { createIvsChatClient, createIvsChatService } from '../lib/chat/index.ts';
import { readTokensEnvironment } from '../lib/environment.ts';
import { createRoomHandler } from '../lib/http/index.ts';
import { writeLog } from '../lib/log/index.ts';
import { createEngine, DEFAULT_POLICY } from '../lib/moderation/index.ts';
import { vendToken } from '../lib/operations/index.ts';
import { createFixedRegistry } from '../lib/rooms/index.ts';
import { tokenRoutes } from '../lib/routes/tokens.ts';

const environment = readTokensEnvironment();
const { now } = Date;
const { random } = Math;
const engine = createEngine(DEFAULT_POLICY);
const client = createIvsChatClient(environment.region);

/** POST /rooms/{roomId}/tokens */
export const handler = createRoomHandler(
  tokenRoutes({
    vendToken: vendToken({
      chat: createIvsChatService({ ...environment, client, now, random }),
      sessionMinutes: environment.sessionMinutes,
      socketModeration: environment.socketModeration,
      avatars: { ids: environment.avatarIds, hosts: environment.avatarHosts },
      reviewDisplayName: (name) => engine.reviewName(name).allowed,
      now,
      random,
    }),
  }),
  {
    authenticate: createAuthenticate({
      ...environment,
      fetchJwks: fetchJwks(environment.localJwksOrigin),
      now,
    }),
    registry: createFixedRegistry(environment.registeredRooms),
    roster: emptyRoster,
    log: writeLog,
    now: () => performance.now(),
  },
);
