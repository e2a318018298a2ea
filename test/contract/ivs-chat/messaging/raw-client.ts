import { onTestFinished } from 'vitest';
import WebSocket from 'ws';

/** A frame as it came over the wire. */
export type WireFrame = Record<string, unknown>;

/** A raw client that keeps what it gets. */
export interface RawClient {
  readonly socket: WebSocket;
  /** Everything received, in order. */
  readonly frames: WireFrame[];
  /** The same as text, for the order of keys. */
  readonly texts: string[];
  /** Sends a string as it is, anything else as JSON. */
  send(frame: unknown): void;
  /** The next frame that has not been taken yet. */
  next(): Promise<WireFrame>;
  /** Sends a request and waits for the frame with its RequestId. */
  ask(request: WireFrame): Promise<WireFrame>;
  readonly closed: Promise<number>;
}

/** Connects a raw client. @throws Error `Unexpected server response: <status>` when refused. */
export async function openClient(url: string, token: string): Promise<RawClient> {
  const client = rawClient(new WebSocket(url, [token]));
  await new Promise((resolve, reject) => {
    client.socket.once('open', resolve);
    client.socket.once('error', reject);
  });
  return client;
}

function rawClient(socket: WebSocket): RawClient {
  const frames: WireFrame[] = [];
  const texts: string[] = [];
  let taken = 0;
  const waiting = new Set<() => void>();
  socket.on('error', () => {});
  socket.on('message', (data) => {
    texts.push(String(data));
    frames.push(JSON.parse(String(data)));
    for (const wake of waiting) wake();
    waiting.clear();
  });
  const until = async (isThere: () => boolean) => {
    while (!isThere()) await new Promise<void>((resolve) => waiting.add(resolve));
  };
  const send = (frame: unknown) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  onTestFinished(() => socket.terminate());
  return {
    socket,
    frames,
    texts,
    send,
    closed: new Promise((resolve) => socket.once('close', resolve)),
    async next() {
      await until(() => frames.length > taken);
      return frames[taken++] ?? {};
    },
    async ask(request) {
      send(request);
      const isAnswer = ({ RequestId }: WireFrame) => RequestId === request.RequestId;
      await until(() => frames.some(isAnswer));
      return frames.find(isAnswer) ?? {};
    },
  };
}

/** Requests with a RequestId of their own. */
let requests = 0;
export const sendMessage = (Content: unknown, over: WireFrame = {}): WireFrame => ({
  Action: 'SEND_MESSAGE',
  RequestId: `request-${++requests}`,
  Content,
  ...over,
});
export const deleteMessage = (Id: unknown, over: WireFrame = {}): WireFrame => ({
  Action: 'DELETE_MESSAGE',
  RequestId: `request-${++requests}`,
  Id,
  ...over,
});
export const disconnectUser = (UserId: unknown, over: WireFrame = {}): WireFrame => ({
  Action: 'DISCONNECT_USER',
  RequestId: `request-${++requests}`,
  UserId,
  ...over,
});
