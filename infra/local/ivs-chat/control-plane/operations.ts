import {
  MESSAGING_REQUESTS_PER_SECOND,
  ROOM_REQUESTS_PER_SECOND,
  TOKEN_REQUESTS_PER_SECOND,
} from './limits.ts';

/** An operation on the wire. restJson1; every one of them is `POST /<name>`. */
export interface Operation {
  /** Status of a successful answer. */
  readonly status: 200 | 204;
  readonly requestsPerSecond: number;
  /** The member of the input that names the room, where the room has to exist. */
  readonly room?: 'identifier' | 'roomIdentifier';
  /** The quota that it shares with the WebSocket action of this name (Service Quotas: "HTTP + WS"). */
  readonly sharedQuota?: SharedQuota;
}

export type SharedQuota = 'DELETE_MESSAGE' | 'DISCONNECT_USER';

/** The operations that are emulated. Service model 2020-07-14 and, for the rates, the Service Quotas page. */
export const OPERATIONS = {
  CreateRoom: { status: 200, requestsPerSecond: ROOM_REQUESTS_PER_SECOND },
  GetRoom: { status: 200, requestsPerSecond: ROOM_REQUESTS_PER_SECOND, room: 'identifier' },
  ListRooms: { status: 200, requestsPerSecond: ROOM_REQUESTS_PER_SECOND },
  UpdateRoom: { status: 200, requestsPerSecond: ROOM_REQUESTS_PER_SECOND, room: 'identifier' },
  DeleteRoom: { status: 204, requestsPerSecond: ROOM_REQUESTS_PER_SECOND, room: 'identifier' },
  CreateChatToken: { status: 200, requestsPerSecond: TOKEN_REQUESTS_PER_SECOND, room: 'roomIdentifier' },
  DeleteMessage: {
    status: 200,
    requestsPerSecond: MESSAGING_REQUESTS_PER_SECOND,
    room: 'roomIdentifier',
    sharedQuota: 'DELETE_MESSAGE',
  },
  DisconnectUser: {
    status: 200,
    requestsPerSecond: MESSAGING_REQUESTS_PER_SECOND,
    room: 'roomIdentifier',
    sharedQuota: 'DISCONNECT_USER',
  },
  SendEvent: { status: 200, requestsPerSecond: MESSAGING_REQUESTS_PER_SECOND, room: 'roomIdentifier' },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;

/** The rest of the service: refused, never faked. */
export const REFUSED_OPERATIONS: readonly { name: string; method: string; uri: string }[] = [
  { name: 'CreateLoggingConfiguration', method: 'POST', uri: '/CreateLoggingConfiguration' },
  { name: 'GetLoggingConfiguration', method: 'POST', uri: '/GetLoggingConfiguration' },
  { name: 'ListLoggingConfigurations', method: 'POST', uri: '/ListLoggingConfigurations' },
  { name: 'UpdateLoggingConfiguration', method: 'POST', uri: '/UpdateLoggingConfiguration' },
  { name: 'DeleteLoggingConfiguration', method: 'POST', uri: '/DeleteLoggingConfiguration' },
  { name: 'ListTagsForResource', method: 'GET', uri: '/tags/{resourceArn}' },
  { name: 'TagResource', method: 'POST', uri: '/tags/{resourceArn}' },
  { name: 'UntagResource', method: 'DELETE', uri: '/tags/{resourceArn}' },
];

/** What a request line asks for. */
export type Route =
  | { readonly kind: 'operation'; readonly name: OperationName }
  | { readonly kind: 'refused'; readonly name: string }
  | { readonly kind: 'unknown' };

/** @param target the request target, query included. */
export function route(method: string, target: string): Route {
  const path = target.split('?', 1)[0] ?? '';
  const name = path.slice(1);
  if (method === 'POST' && path.startsWith('/') && Object.hasOwn(OPERATIONS, name)) {
    return { kind: 'operation', name: name as OperationName };
  }
  // The ARN is one path label, percent-encoded.
  const uri = path.replace(/^\/tags\/[^/]+$/, '/tags/{resourceArn}');
  const refused = REFUSED_OPERATIONS.find(
    (candidate) => candidate.method === method && candidate.uri === uri,
  );
  return refused ? { kind: 'refused', name: refused.name } : { kind: 'unknown' };
}
