/** Attributes of a message, an event or a sender. */
export type Attributes = Readonly<Record<string, string>>;

/** What the server sends. The keys stand in the order in which real frames were captured. */
export type Frame = MessageFrame | EventFrame | ErrorFrame;

export interface MessageFrame {
  readonly Type: 'MESSAGE';
  readonly Id: string;
  readonly RequestId: string;
  readonly Attributes: Attributes | null;
  readonly Content: string;
  readonly SendTime: string;
  readonly Sender: { readonly UserId: string; readonly Attributes: Attributes };
}

export interface EventFrame {
  readonly Type: 'EVENT';
  readonly Id: string;
  readonly RequestId: string;
  readonly EventName: string;
  readonly Attributes: Attributes | null;
  readonly SendTime: string;
}

export interface ErrorFrame {
  readonly Type: 'ERROR';
  readonly Id: string;
  readonly RequestId: string;
  readonly ErrorCode: number;
  readonly ErrorMessage: string;
}

/** A frame for a whole room, before each receiver's RequestId is known. */
export type RoomFrame = Omit<MessageFrame, 'RequestId'> | Omit<EventFrame, 'RequestId'>;

/** Puts the RequestId where the captures have it: third. */
export function withRequestId(frame: RoomFrame, requestId: string): MessageFrame | EventFrame {
  const { Type, Id, ...rest } = frame;
  return { Type, Id, RequestId: requestId, ...rest } as MessageFrame | EventFrame;
}

/** The event that tells a room to remove a message. The SDK reads the deprecated `MessageID`; the docs list both. */
export function deleteMessageEvent(messageId: string, reason: string | undefined) {
  return {
    eventName: 'aws:DELETE_MESSAGE',
    attributes: {
      MessageID: messageId,
      MessageId: messageId,
      ...(reason === undefined ? {} : { Reason: reason }),
    },
  };
}

/** The event that tells a room that a user is being disconnected. */
export function disconnectUserEvent(userId: string, reason: string | undefined) {
  return {
    eventName: 'aws:DISCONNECT_USER',
    attributes: { ...(reason === undefined ? {} : { Reason: reason }), UserId: userId },
  };
}
