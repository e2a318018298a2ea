import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FaultBoard } from '../../faults/board.ts';
import type { ChatTokens, Rooms } from '../model.ts';
import { type Admission, createAdmission } from './admission.ts';
import { errorFrame } from './connection.ts';
import type { Hub } from './hub.ts';
import type { MessagingKnobs } from './knobs.ts';
import { NORMAL_CLOSURE } from './limits.ts';
import { sufferUpgradeFault } from './upgrade-fault.ts';

/** How long clients have to answer the close frame when the stand-in stops. Our choice. */
const FAREWELL_MS = 100;

/** What {@link createUpgrades} needs. */
export interface UpgradeDependencies {
  readonly hub: Pick<Hub, 'serve' | 'newId' | 'connections'>;
  readonly faults: Pick<FaultBoard, 'take'>;
  readonly rooms: Pick<Rooms, 'get'>;
  readonly tokens: Pick<ChatTokens, 'redeem'>;
  readonly knobs: MessagingKnobs;
  readonly log: (line: string) => void;
}

/** Turns upgrade requests into chat connections. */
export interface Upgrades {
  handle(request: IncomingMessage, socket: Socket, head: Buffer): void;
  /** Refuses what comes now, and waits briefly until the clients have answered their close frames. */
  close(): Promise<void>;
}

/** Creates the handshake side of the Messaging API. */
export function createUpgrades(deps: UpgradeDependencies): Upgrades {
  const { hub, faults, rooms, tokens, knobs } = deps;
  const hasFreeConnection = () => hub.connections().length < knobs.maximumConnections;
  const admit = createAdmission({ tokens, rooms, hasFreeConnection });
  const webSockets = createWebSocketServer(admit, deps);
  const delays = new Set<NodeJS.Timeout>();
  let closing = false;
  const later = (run: () => void, ms: number) => {
    const delay = setTimeout(() => {
      delays.delete(delay);
      run();
    }, ms).unref();
    delays.add(delay);
  };
  return {
    handle(request, socket, head) {
      socket.on('error', () => socket.destroy());
      if (closing) return void socket.destroy();
      const proceed = () =>
        webSockets.handleUpgrade(request, socket, head, (opened) =>
          webSockets.emit('connection', opened, request),
        );
      const fault = faults.take('ivs-chat-messaging', request);
      if (fault) sufferUpgradeFault(fault, socket, { proceed, judgeOnly: () => void admit(request), later });
      else proceed();
    },
    async close() {
      closing = true;
      for (const delay of delays) clearTimeout(delay);
      await allClosed(webSockets);
    },
  };
}

type Judge = (request: IncomingMessage) => Admission;

function createWebSocketServer(admit: Judge, { hub, knobs, log }: UpgradeDependencies): WebSocketServer {
  const admissions = new WeakMap<IncomingMessage, Admission>();
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: knobs.maximumFrameBytes,
    perMessageDeflate: false,
    // The token is the subprotocol, and a client gives up unless its subprotocol is selected.
    handleProtocols: ([offered]) => offered ?? false,
    // Asked after ws has judged the handshake's form, so that a broken handshake does not use a token up.
    verifyClient: ({ req: request }, answer) => {
      const admission = admit(request);
      admissions.set(request, admission);
      if ('session' in admission) return answer(true);
      log(`connection refused: ${admission.why}`);
      if (admission.status === 401 && knobs.refusedToken === 'error-frame') return answer(true);
      answer(false, admission.status, admission.text);
    },
  });
  webSockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    // Frames that break the protocol are closed by ws with the right code; without a listener they would throw.
    socket.on('error', (error) => log(`connection failed: ${'code' in error ? error.code : error.name}`));
    const admission = admissions.get(request);
    if (admission && 'session' in admission) {
      hub.serve(socket, admission.session, request.socket.remoteAddress ?? '');
      return;
    }
    const refusal = errorFrame(
      { id: hub.newId(), requestId: '' },
      'unauthorized',
      knobs.errorTexts.unauthorized,
    );
    socket.send(JSON.stringify(refusal));
    socket.close(NORMAL_CLOSURE);
  });
  return webSockets;
}

async function allClosed({ clients }: WebSocketServer): Promise<void> {
  let farewell: NodeJS.Timeout | undefined;
  const gone = [...clients].map((client) => new Promise((resolve) => client.once('close', resolve)));
  const timeIsUp = new Promise((resolve) => {
    farewell = setTimeout(resolve, FAREWELL_MS);
  });
  await Promise.race([Promise.all(gone), timeIsUp]);
  clearTimeout(farewell);
}
