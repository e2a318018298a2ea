import type { Clock } from '../../clock.ts';
import type { Rooms } from '../model.ts';
import type { ChatErrorName } from './chat-error.ts';
import type { ChatConnection } from './connection.ts';
import type { CheckName, MessagingKnobs } from './knobs.ts';
import { MESSAGE_ID_PATTERN, REASON_CODE_POINTS, USER_ID_CODE_POINTS } from './limits.ts';
import { countCodePoints, measureAttributes } from './measure.ts';
import type { ChatRequest, RequestOf } from './parse-request.ts';
import type { Rates } from './rates.ts';

/** What the checks look at. */
export interface CheckDependencies {
  readonly clock: Pick<Clock, 'now'>;
  readonly rooms: Pick<Rooms, 'get'>;
  readonly rates: Pick<Rates, 'admit'>;
  readonly knobs: MessagingKnobs;
}

type Check = (connection: ChatConnection, request: ChatRequest) => ChatErrorName | null;

/** Judges a well-formed request. @returns what is wrong with it, `null` when nothing is. */
export function createChecks(deps: CheckDependencies): Check {
  const { clock, rooms, rates, knobs } = deps;
  const checks: Readonly<Record<CheckName, Check>> = {
    session: ({ session }) => (clock.now() >= session.sessionExpirationTime ? 'unauthorized' : null),
    capability: ({ session }, { action }) => (session.capabilities.includes(action) ? null : 'forbidden'),
    room: ({ session }) => (rooms.get(session.roomArn) ? null : 'roomNotFound'),
    fields: ({ session }, request) =>
      checkFields(request, rooms.get(session.roomArn)?.maximumMessageLength ?? 0, knobs),
    rate: (connection, { action }) => {
      const roomLimit = rooms.get(connection.session.roomArn)?.maximumMessageRatePerSecond ?? 0;
      return rates.admit(connection, action, roomLimit) ? null : 'rateExceeded';
    },
  };
  return (connection, request) => {
    for (const name of knobs.checkOrder) {
      const error = checks[name](connection, request);
      if (error) return error;
    }
    return null;
  };
}

function checkFields(
  request: ChatRequest,
  maximumMessageLength: number,
  knobs: MessagingKnobs,
): ChatErrorName | null {
  switch (request.action) {
    case 'SEND_MESSAGE':
      return checkMessage(request, maximumMessageLength, knobs);
    case 'DELETE_MESSAGE':
      return MESSAGE_ID_PATTERN.test(request.id) && isReason(request.reason) ? null : 'malformed';
    case 'DISCONNECT_USER':
      return isWithin(request.userId, USER_ID_CODE_POINTS) && isReason(request.reason) ? null : 'malformed';
  }
}

function checkMessage(
  { content, attributes }: RequestOf<'SEND_MESSAGE'>,
  maximumMessageLength: number,
  { attributesCountedAs, maximumAttributesBytes }: MessagingKnobs,
): ChatErrorName | null {
  if (content === '') return 'malformed';
  if (countCodePoints(content) > maximumMessageLength) return 'messageTooLong';
  const bytes = attributes ? measureAttributes(attributes, attributesCountedAs) : 0;
  return bytes > maximumAttributesBytes ? 'attributesTooLarge' : null;
}

function isReason(reason: string | undefined): boolean {
  return reason === undefined || isWithin(reason, REASON_CODE_POINTS);
}

function isWithin(text: string, maximumCodePoints: number): boolean {
  return text !== '' && countCodePoints(text) <= maximumCodePoints;
}
