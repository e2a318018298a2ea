import type { Capability } from '../model.ts';
import type { Attributes } from './frames.ts';
import type { MessagingKnobs } from './knobs.ts';
import { isAttributes, isObject } from './measure.ts';

/** A well-formed request. Absent and `null` mean the same in optional members. */
export type ChatRequest =
  | {
      readonly action: 'SEND_MESSAGE';
      readonly requestId: string;
      readonly content: string;
      readonly attributes: Attributes | null;
    }
  | {
      readonly action: 'DELETE_MESSAGE';
      readonly requestId: string;
      readonly id: string;
      readonly reason: string | undefined;
    }
  | {
      readonly action: 'DISCONNECT_USER';
      readonly requestId: string;
      readonly userId: string;
      readonly reason: string | undefined;
    };

export type RequestOf<Action extends Capability> = Extract<ChatRequest, { action: Action }>;

/** A frame that is no request. `requestId` is empty when none could be read. */
export interface MalformedRequest {
  readonly action: 'malformed';
  readonly requestId: string;
}

/** The value of a member, `undefined` when it is absent or null. */
type Member = (name: string) => unknown;
type ReadAction = (member: Member, requestId: string) => ChatRequest | undefined;

const ACTIONS: ReadonlyMap<unknown, ReadAction> = new Map<unknown, ReadAction>([
  ['SEND_MESSAGE', readSendMessage],
  ['DELETE_MESSAGE', readDeleteMessage],
  ['DISCONNECT_USER', readDisconnectUser],
]);

/** Reads a text frame. Unknown members are ignored; a member of the wrong type makes the request malformed. */
export function parseRequest(
  text: string,
  requestKeys: MessagingKnobs['requestKeys'],
): ChatRequest | MalformedRequest {
  const member = readMembers(text, requestKeys);
  const requestId = member('RequestId') ?? '';
  if (!isString(requestId)) return { action: 'malformed', requestId: '' };
  return ACTIONS.get(member('Action'))?.(member, requestId) ?? { action: 'malformed', requestId };
}

function readMembers(text: string, requestKeys: MessagingKnobs['requestKeys']): Member {
  const value = parseJson(text);
  const spell = requestKeys === 'exact' ? (name: string) => name : (name: string) => name.toLowerCase();
  const members = new Map(
    isObject(value) ? Object.entries(value).map(([name, own]) => [spell(name), own]) : [],
  );
  return (name) => members.get(spell(name)) ?? undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readSendMessage(member: Member, requestId: string): ChatRequest | undefined {
  const content = member('Content');
  const attributes = member('Attributes') ?? null;
  if (!isString(content) || (attributes !== null && !isAttributes(attributes))) return undefined;
  return { action: 'SEND_MESSAGE', requestId, content, attributes };
}

function readDeleteMessage(member: Member, requestId: string): ChatRequest | undefined {
  const id = member('Id');
  const reason = member('Reason');
  if (!isString(id) || (reason !== undefined && !isString(reason))) return undefined;
  return { action: 'DELETE_MESSAGE', requestId, id, reason };
}

function readDisconnectUser(member: Member, requestId: string): ChatRequest | undefined {
  const userId = member('UserId');
  const reason = member('Reason');
  if (!isString(userId) || (reason !== undefined && !isString(reason))) return undefined;
  return { action: 'DISCONNECT_USER', requestId, userId, reason };
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
