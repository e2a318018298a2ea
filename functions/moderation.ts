import { randomUUID } from 'node:crypto';
import { emptyRoster } from '../lib/access/index.ts';
import { createAuthenticate, fetchJwks } from '../lib/auth/index.ts';
import { createIvsChatClient, createIvsChatService } from '../lib/chat/index.ts';
import { readModerationEnvironment } from '../lib/environment.ts';
import { createRoomHandler } from '../lib/http/index.ts';
import { writeLog } from '../lib/log/index.ts';
import { deleteMessage, disconnectUser, sendEvent } from '../lib/operations/index.ts';
import { createFixedRegistry } from '../lib/rooms/index.ts';
import { moderationRoutes } from '../lib/routes/moderation.ts';

const environment = readModerationEnvironment();
const { now } = Date;
const roster = emptyRoster;
const chat = createIvsChatService({
  ...environment,
  client: createIvsChatClient(environment.region),
  now,
  random: Math.random,
});

/** Delete a message, disconnect a user, send an event. */
export const handler = createRoomHandler(
  moderationRoutes({
    deleteMessage: deleteMessage({ chat }),
    disconnectUser: disconnectUser({ chat, roster }),
    sendEvent: sendEvent({ chat, newId: randomUUID }),
  }),
  {
    authenticate: createAuthenticate({
      ...environment,
      fetchJwks: fetchJwks(environment.localJwksOrigin),
      now,
    }),
    registry: createFixedRegistry(environment.registeredRooms),
    roster,
    log: writeLog,
    now: () => performance.now(),
  },
);
