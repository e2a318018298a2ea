import type { Capability, ReviewResult } from '../model.ts';

/** Requests that met their constraints. Lengths, ranges and patterns are those of constraints.ts. */
export interface ReviewHandlerInput {
  readonly uri?: string;
  readonly fallbackResult?: ReviewResult;
}

export interface RoomSettings {
  readonly name?: string;
  readonly maximumMessageRatePerSecond?: number;
  readonly maximumMessageLength?: number;
  readonly messageReviewHandler?: ReviewHandlerInput;
  readonly loggingConfigurationIdentifiers?: readonly string[];
}

export interface CreateRoomInput extends RoomSettings {
  readonly tags?: Readonly<Record<string, string>>;
}

export interface ListRoomsInput {
  readonly name?: string;
  readonly nextToken?: string;
  readonly maxResults?: number;
  readonly messageReviewHandlerUri?: string;
  readonly loggingConfigurationIdentifier?: string;
}

export interface CreateChatTokenInput {
  readonly userId: string;
  readonly capabilities?: readonly Capability[];
  readonly sessionDurationInMinutes?: number;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface DeleteMessageInput {
  readonly id: string;
  readonly reason?: string;
}

export interface DisconnectUserInput {
  readonly userId: string;
  readonly reason?: string;
}

export interface SendEventInput {
  readonly eventName: string;
  readonly attributes?: Readonly<Record<string, string>>;
}
