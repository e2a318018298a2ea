import type { Rooms } from '../model.ts';
import type { Reviewer, Verdict } from '../review/index.ts';
import type { Audience, Origin } from './audience.ts';
import { type Attributes, deleteMessageEvent, disconnectUserEvent } from './frames.ts';
import type { MessagingKnobs } from './knobs.ts';
import type { KnownMessages } from './known-messages.ts';
import { NORMAL_CLOSURE } from './limits.ts';
import type { ChatRequest, RequestOf } from './parse-request.ts';
import type { InTurn } from './turns.ts';

/** What the actions work on. */
export interface ActionDependencies {
  readonly audience: Audience;
  readonly rooms: Pick<Rooms, 'get'>;
  readonly reviewer: Pick<Reviewer, 'review'>;
  readonly knownMessages: KnownMessages;
  readonly inTurn: InTurn;
  readonly newSendTime: () => string;
  readonly knobs: MessagingKnobs;
}

/** Does what a checked request asks for, and answers it. */
export function perform(deps: ActionDependencies, origin: Origin, request: ChatRequest): Promise<void> {
  switch (request.action) {
    case 'SEND_MESSAGE':
      return sendMessage(deps, origin, request);
    case 'DELETE_MESSAGE':
      return deleteMessage(deps, origin, request);
    case 'DISCONNECT_USER':
      return disconnectUser(deps, origin, request);
  }
}

/** An event for a room. `origin` is absent for what comes over HTTP. */
export interface RoomEvent {
  readonly id: string;
  readonly eventName: string;
  readonly attributes: Attributes | null;
  readonly origin?: Origin;
  readonly exceptUserId?: string;
}

/** Sends an event to a room. */
export function publishEvent(
  { audience, newSendTime }: Pick<ActionDependencies, 'audience' | 'newSendTime'>,
  roomArn: string,
  { id, eventName, attributes, ...options }: RoomEvent,
): void {
  const frame = {
    Type: 'EVENT',
    Id: id,
    EventName: eventName,
    Attributes: attributes,
    SendTime: newSendTime(),
  } as const;
  audience.broadcast(roomArn, frame, options);
}

/** Tells a room that a user is disconnected, then closes every connection that the user has in it. */
export function expelUser(
  deps: Pick<ActionDependencies, 'audience' | 'newSendTime' | 'knobs'>,
  roomArn: string,
  { userId, reason, ...event }: { userId: string; reason: string | undefined; id: string; origin?: Origin },
): void {
  const unseen = deps.knobs.disconnectedUserSeesEvent ? {} : { exceptUserId: userId };
  publishEvent(deps, roomArn, { ...event, ...disconnectUserEvent(userId, reason), ...unseen });
  for (const connection of deps.audience.of(roomArn, userId)) connection.end(NORMAL_CLOSURE, 'disconnected');
}

async function sendMessage(
  deps: ActionDependencies,
  origin: Origin,
  request: RequestOf<'SEND_MESSAGE'>,
): Promise<void> {
  const { connection, request: pending } = origin;
  const { roomArn } = connection.session;
  const judged = deps.inTurn(connection, judge(deps, origin, request));
  const verdict = judged instanceof Promise ? await judged : judged;
  if (verdict.result === 'DENY') return pending.refuse(verdict.error, verdict.reason);
  if (!deps.rooms.get(roomArn)) return pending.refuse('roomNotFound');
  if (!mayDeliver(origin, deps.knobs)) return;
  deps.knownMessages.add(roomArn, pending.id);
  const { userId, attributes } = connection.session;
  deps.audience.broadcast(
    roomArn,
    {
      Type: 'MESSAGE',
      Id: pending.id,
      Attributes: verdict.attributes,
      Content: verdict.content,
      SendTime: deps.newSendTime(),
      Sender: { UserId: userId, Attributes: attributes },
    },
    { origin },
  );
}

/** @returns the verdict itself when nobody reviews the room, so that no later request can overtake. */
function judge(
  { rooms, reviewer }: ActionDependencies,
  { connection, request: pending }: Origin,
  { content, attributes }: RequestOf<'SEND_MESSAGE'>,
): Promise<Verdict> | Verdict {
  const { session, ip } = connection;
  const room = rooms.get(session.roomArn);
  if (!room?.messageReviewHandler) return { result: 'ALLOW', content, attributes };
  const sender = { userId: session.userId, attributes: session.attributes, ip };
  return reviewer.review(room, room.messageReviewHandler, { id: pending.id, content, attributes, sender });
}

function mayDeliver({ connection }: Origin, { deliverAfterSenderLeft }: MessagingKnobs): boolean {
  const endedBy = connection.endedBy();
  if (endedBy === null || deliverAfterSenderLeft === 'always') return true;
  return endedBy === 'client' && deliverAfterSenderLeft === 'client-closed';
}

async function deleteMessage(
  deps: ActionDependencies,
  origin: Origin,
  { id, reason }: RequestOf<'DELETE_MESSAGE'>,
): Promise<void> {
  const { roomArn } = origin.connection.session;
  if (deps.knobs.unknownMessage === 'not-found' && !deps.knownMessages.has(roomArn, id)) {
    return origin.request.refuse('messageNotFound');
  }
  publishEvent(deps, roomArn, { id: origin.request.id, origin, ...deleteMessageEvent(id, reason) });
}

async function disconnectUser(
  deps: ActionDependencies,
  origin: Origin,
  { userId, reason }: RequestOf<'DISCONNECT_USER'>,
): Promise<void> {
  const { roomArn } = origin.connection.session;
  if (deps.knobs.absentUser === 'not-found' && deps.audience.of(roomArn, userId).length === 0) {
    return origin.request.refuse('userNotFound');
  }
  expelUser(deps, roomArn, { userId, reason, id: origin.request.id, origin });
}
