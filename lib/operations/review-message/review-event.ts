import type { Attributes, Message } from '../../moderation/index.ts';

/** The account and region whose rooms this function reviews. */
export interface ReviewLocation {
  readonly region: string;
  readonly accountId: string;
}

/** A review request of one of our rooms, as far as review needs it. */
export interface ReviewRequest extends Message {
  /** 12 letters and digits. */
  readonly roomId: string;
  readonly messageId: string;
}

/** Amazon IVS Chat User Guide, "Chat message review handler": the request's members. */
const ROOM_ARN = /^arn:aws:ivschat:([a-z0-9-]{1,30}):([0-9]{12}):room\/([a-zA-Z0-9]{12})$/;
const MESSAGE_ID = /^[a-zA-Z0-9]{12}$/;
/** IVS Chat API reference, CreateChatToken, userId: 1..128. */
const MAXIMUM_USER_ID_LENGTH = 128;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const memberOf = (record: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** IVS passes `null` or nothing where there are no attributes. */
function parseAttributes(value: unknown): Attributes | null {
  if (value === null || value === undefined) return {};
  if (!isRecord(value) || !Object.values(value).every((member) => typeof member === 'string')) return null;
  return value as Attributes;
}

/** The room's id, if the ARN names a room of this account and region. */
function parseRoomId(value: unknown, own: ReviewLocation): string | null {
  const [, region, accountId, roomId] = typeof value === 'string' ? (ROOM_ARN.exec(value) ?? []) : [];
  return region === own.region && accountId === own.accountId ? (roomId ?? null) : null;
}

function parseSender(value: unknown): Message['sender'] | null {
  if (!isRecord(value)) return null;
  const userId = memberOf(value, 'UserId');
  const attributes = parseAttributes(memberOf(value, 'Attributes'));
  if (typeof userId !== 'string' || userId.length < 1 || userId.length > MAXIMUM_USER_ID_LENGTH) return null;
  if (!attributes) return null;
  return { userId, role: Object.hasOwn(attributes, 'role') ? (attributes.role ?? null) : null };
}

/**
 * Checks an event by hand, member by member; members that we do not know are tolerated.
 *
 * @returns the request, or `null` for anything that is not a review request of a room of ours.
 */
export function parseReviewEvent(event: unknown, own: ReviewLocation): ReviewRequest | null {
  if (!isRecord(event)) return null;
  const roomId = parseRoomId(memberOf(event, 'RoomArn'), own);
  const messageId = memberOf(event, 'MessageId');
  const content = memberOf(event, 'Content');
  const attributes = parseAttributes(memberOf(event, 'Attributes'));
  const sender = parseSender(memberOf(event, 'Sender'));
  if (typeof messageId !== 'string' || !MESSAGE_ID.test(messageId) || typeof content !== 'string')
    return null;
  if (!roomId || !attributes || !sender) return null;
  return { roomId, messageId, content, attributes, sender };
}

/** The content to hand back with a denial of whatever came: IVS requires the member. */
export function contentOf(event: unknown): string {
  const content = isRecord(event) ? memberOf(event, 'Content') : undefined;
  return typeof content === 'string' ? content : '';
}
