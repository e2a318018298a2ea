import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { LOOPBACK } from '../../../../infra/local/listen.ts';

/** An address that nobody answers at, until it leads to a server. */
export interface Address {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Connections are refused from now on. */
  close(): Promise<void>;
  /** Connections are forwarded to a port of this machine from now on. */
  forwardTo(port: number): Promise<void>;
  /**
   * Somebody listens, never accepts, and has more connections waiting than the system keeps: new ones are never established.
   *
   * @returns ends that, and says how many of the waiting connections were ever established.
   */
  neverAccept(): Promise<() => Promise<{ waiting: number; established: number }>>;
}

/** Takes a free port, and listens there until told otherwise, so that nobody else takes it. */
export async function takeAddress(): Promise<Address> {
  let open = await listen(createServer(), 0);
  const { port } = open;
  const replace = async (server: Server) => {
    await open.close();
    open = await listen(server, port);
  };
  return {
    origin: `http://${LOOPBACK}:${port}`,
    close: () => open.close(),
    forwardTo: (target) => replace(createServer((socket) => forward(socket, target))),
    async neverAccept() {
      await open.close();
      return fillBacklog(port);
    },
  };
}

async function listen(server: Server, port: number) {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function forward(socket: Socket, port: number): void {
  const onward = connect(port, LOOPBACK);
  for (const end of [socket, onward]) {
    end.on('error', () => end.destroy());
    end.on('close', () => [socket, onward].forEach((other) => void other.destroy()));
  }
  socket.pipe(onward).pipe(socket);
}

/** Blocks its thread for ever once it listens: what connects waits in the system's queue. */
const LISTEN_AND_BLOCK = `
  const { parentPort, workerData } = require('node:worker_threads');
  require('node:net').createServer().listen({ ...workerData, backlog: 1 }, () => {
    parentPort.postMessage('listening');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;
const WAITING = 8;

async function fillBacklog(port: number) {
  const worker = new Worker(LISTEN_AND_BLOCK, { eval: true, workerData: { port, host: LOOPBACK } });
  await once(worker, 'message');
  let established = 0;
  const sockets = Array.from({ length: WAITING }, () => {
    const socket = connect(port, LOOPBACK, () => (established += 1));
    // The end of the listener ends them as well.
    return socket.on('error', () => socket.destroy());
  });
  return async () => {
    const counted = established;
    for (const socket of sockets) socket.destroy();
    await worker.terminate();
    return { waiting: WAITING, established: counted };
  };
}
