import { WebSocket } from 'ws';
import type { ChatSession, Connection } from '../model.ts';
import { CHAT_ERRORS, type ChatErrorName } from './chat-error.ts';
import type { Frame } from './frames.ts';
import type { MessagingKnobs } from './knobs.ts';

/** One open chat connection. */
export interface ChatConnection {
  readonly id: string;
  readonly session: ChatSession;
  /** The client's address, for the review handler. */
  readonly ip: string;
  readonly connectedAt: number;
  /** Who ended it; `null` while it is open. */
  endedBy(): 'client' | 'server' | null;
  /** Sends a frame and records it. Nothing happens once the connection has ended. @param text the frame's JSON. */
  deliver(frame: Frame, text?: string): void;
  /** Notes a request that must be answered. */
  begin(requestId: string): PendingRequest;
  /** Whether requests wait for their answers. */
  isBusy(): boolean;
  /** Answers what waits with `error`, then closes. @param code WebSocket close code. */
  end(code: number, error: ChatErrorName): void;
  /** Notes that the client has gone. */
  left(): void;
  ping(): void;
}

/** A request that has not been answered yet. */
export interface PendingRequest {
  readonly requestId: string;
  /** Id of the message or event that it leads to, or of its error. */
  readonly id: string;
  /** Notes that its message or event has been delivered. */
  settle(): void;
  /** Answers with an ERROR, unless it has been answered. @param text replaces the error's usual text. */
  refuse(error: ChatErrorName, text?: string): void;
}

/** What a connection needs besides its socket. */
export interface ConnectionDependencies {
  readonly newId: () => string;
  readonly errorTexts: MessagingKnobs['errorTexts'];
  readonly record: (connection: ChatConnection, frame: Frame) => void;
}

/** Creates the connection of a redeemed token. */
export function createConnection(
  socket: WebSocket,
  about: Pick<ChatConnection, 'id' | 'session' | 'ip' | 'connectedAt'>,
  { newId, errorTexts, record }: ConnectionDependencies,
): ChatConnection {
  const pending = new Set<PendingRequest>();
  let ended: 'client' | 'server' | null = null;
  const connection: ChatConnection = {
    ...about,
    endedBy: () => ended,
    isBusy: () => pending.size > 0,
    deliver(frame, text = JSON.stringify(frame)) {
      if (ended || socket.readyState !== WebSocket.OPEN) return;
      socket.send(text);
      record(connection, frame);
    },
    begin: (requestId) => beginRequest(requestId, newId(), { connection, pending, errorTexts }),
    end(code, error) {
      if (ended) return;
      for (const request of [...pending]) request.refuse(error);
      ended = 'server';
      socket.close(code);
    },
    left() {
      ended ??= 'client';
    },
    ping: () => socket.ping(),
  };
  return connection;
}

/** What the control port shows of a connection. */
export function describeConnection({ id, session, connectedAt }: ChatConnection): Connection {
  const { roomArn, userId, capabilities, sessionExpirationTime } = session;
  return { id, roomArn, userId, capabilities, connectedAt, sessionExpirationTime };
}

/** Writes an error as IVS does. */
export function errorFrame(
  to: Pick<PendingRequest, 'id' | 'requestId'>,
  error: ChatErrorName,
  text: string | undefined,
): Frame {
  const { code, text: usual } = CHAT_ERRORS[error];
  return { Type: 'ERROR', Id: to.id, RequestId: to.requestId, ErrorCode: code, ErrorMessage: text ?? usual };
}

function beginRequest(
  requestId: string,
  id: string,
  within: {
    readonly connection: ChatConnection;
    readonly pending: Set<PendingRequest>;
    readonly errorTexts: MessagingKnobs['errorTexts'];
  },
): PendingRequest {
  const { connection, pending, errorTexts } = within;
  const request: PendingRequest = {
    requestId,
    id,
    settle: () => void pending.delete(request),
    refuse(error, text = errorTexts[error]) {
      if (pending.delete(request)) connection.deliver(errorFrame(request, error, text));
    },
  };
  pending.add(request);
  return request;
}
