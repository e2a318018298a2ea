import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Credentials } from '../credentials.ts';
import type { FaultBoard } from '../faults/board.ts';
import { createChatTokens } from './chat-tokens.ts';
import { startControlPlane } from './control-plane/control-plane.ts';
import { type ControlPlaneKnobs, DEFAULT_CONTROL_PLANE_KNOBS } from './control-plane/knobs.ts';
import { createNextTokens } from './control-plane/pagination.ts';
import { createIds } from './messaging/identifiers.ts';
import {
  DEFAULT_MESSAGING_KNOBS,
  type Messaging,
  type MessagingKnobs,
  startMessaging,
} from './messaging/index.ts';
import type { MessagingHub } from './model.ts';
import { createRooms } from './rooms.ts';

/** What AWS leaves open, for both halves of the service. Defaults in PARITY.md. */
export type IvsChatKnobs = ControlPlaneKnobs & MessagingKnobs;

export interface IvsChatOptions {
  readonly region: string;
  /** 12 digits. */
  readonly accountId: string;
  /** TCP port of the control plane; 0 takes any free one. */
  readonly port: number;
  /** TCP port of the messaging WebSocket; 0 takes any free one. */
  readonly messagingPort: number;
  /** The key pairs that may sign requests to the control plane. */
  readonly credentials: readonly Credentials[];
  readonly clock: Clock;
  readonly faults: FaultBoard;
  /** Folder that keeps the rooms over restarts; null keeps them in memory. */
  readonly dataDir: string | null;
  readonly log: (line: string) => void;
  /** Lambda Invoke endpoint that messages are sent to for review; null while there is none. */
  readonly lambdaEndpoint: () => string | null;
  readonly knobs?: Partial<IvsChatKnobs>;
}

/** The running stand-in. */
export interface IvsChat {
  /** For `endpoint` of the AWS SDK and `--endpoint-url` of the AWS CLI. */
  readonly endpoint: string;
  /** For `regionOrUrl` of amazon-ivs-chat-messaging. */
  readonly messagingUrl: string;
  readonly hub: MessagingHub;
  readonly reviewCounters: Messaging['reviewCounters'];
  /** Ends every connection and timer at once and frees both ports. */
  close(): Promise<void>;
}

const NEXT_TOKEN_KEY_BYTES = 32;

/** Starts the stand-in of Amazon IVS Chat. @throws Error naming the port when one is taken; nothing is left running then. */
export async function startIvsChat(options: IvsChatOptions): Promise<IvsChat> {
  const { clock, faults, log, lambdaEndpoint } = options;
  const knobs: IvsChatKnobs = {
    ...DEFAULT_CONTROL_PLANE_KNOBS,
    ...DEFAULT_MESSAGING_KNOBS,
    ...options.knobs,
  };
  const rooms = createRooms(options.dataDir);
  const tokens = createChatTokens({ clock });
  const port = options.messagingPort;
  const messaging = await startMessaging({ port, clock, faults, log, rooms, tokens, lambdaEndpoint, knobs });
  const controlPlane = await startControlPlane({
    port: options.port,
    account: { region: options.region, accountId: options.accountId },
    credentials: options.credentials,
    clock,
    faults,
    log,
    rooms,
    tokens,
    hub: messaging,
    accountHasRoom: messaging.accountHasRoom,
    knobs,
    nextTokens: createNextTokens(randomBytes(NEXT_TOKEN_KEY_BYTES)),
    randomRoomId: createIds((max) => randomInt(max)),
    randomRequestId: randomUUID,
  }).catch(async (cause: unknown) => {
    await messaging.close();
    throw cause;
  });
  return {
    endpoint: controlPlane.endpoint,
    messagingUrl: messaging.messagingUrl,
    hub: messaging,
    reviewCounters: () => messaging.reviewCounters(),
    close: async () => {
      await Promise.all([controlPlane.close(), messaging.close()]);
    },
  };
}
