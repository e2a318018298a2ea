import type { IncomingMessage } from 'node:http';
import type { ChatSession, ChatTokens, Rooms } from '../model.ts';
import { CHAT_ERRORS } from './chat-error.ts';

/** Whether a client may connect. A refusal carries the HTTP status and body of the failed handshake. */
export type Admission =
  | { readonly session: ChatSession }
  | { readonly status: number; readonly text: string; readonly why: string };

/** What {@link createAdmission} needs. */
export interface AdmissionDependencies {
  readonly tokens: Pick<ChatTokens, 'redeem'>;
  readonly rooms: Pick<Rooms, 'get'>;
  /** Whether the account's quota of connections leaves one more. */
  readonly hasFreeConnection: () => boolean;
}

/** Creates what judges handshakes. A token is used up when it is judged, also when its room is gone by then. */
export function createAdmission({ tokens, rooms, hasFreeConnection }: AdmissionDependencies) {
  return (request: IncomingMessage): Admission => {
    // The room is in the token; the endpoint has no other path.
    if (request.url?.split('?')[0] !== '/') return { status: 404, text: 'Not Found', why: 'path' };
    if (!hasFreeConnection()) return refuse('rateExceeded', 'connection quota');
    const offered = request.headers['sec-websocket-protocol']?.trim() ?? '';
    if (offered === '') return refuse('unauthorized', 'no token');
    const redeemed = tokens.redeem(offered);
    if (typeof redeemed === 'string') return refuse('unauthorized', `${redeemed} token`);
    if (!rooms.get(redeemed.roomArn)) return refuse('roomNotFound', 'room');
    return { session: redeemed };
  };
}

function refuse(error: 'unauthorized' | 'roomNotFound' | 'rateExceeded', why: string): Admission {
  const { code: status, text } = CHAT_ERRORS[error];
  return { status, text, why };
}
