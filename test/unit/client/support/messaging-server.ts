import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../../../../infra/local/listen.ts';

/** The least of the IVS Chat Messaging API that the SDK connects to: it echoes the token as the subprotocol. */
export interface MessagingServer {
  /** `ws://…` */
  readonly url: string;
  /** Tokens that connections were asked for with, in order. */
  readonly tokens: string[];
  /** Breaks every open connection without a closing handshake. */
  breakConnections(): void;
  close(): Promise<void>;
}

/** @param refuse answers the upgrades of these tokens with 403 (Node's own WebSocket repeats an upgrade by itself after a 401). */
export async function startMessagingServer(
  refuse: (token: string) => boolean = () => false,
): Promise<MessagingServer> {
  const tokens: string[] = [];
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (protocols) => [...protocols][0] ?? false,
  });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => {
    const token = String(request.headers['sec-websocket-protocol']);
    tokens.push(token);
    if (refuse(token)) return void socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, () => {});
  });
  const { port, close } = await listen(server, 0);
  const breakConnections = () => {
    for (const socket of sockets.clients) socket.terminate();
  };
  return {
    url: `ws://127.0.0.1:${port}`,
    tokens,
    breakConnections,
    close: () => {
      breakConnections();
      return close();
    },
  };
}
