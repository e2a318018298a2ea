import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ChatMessage,
  ChatRoom,
  type DeleteMessageEvent,
  type DisconnectReason,
  type DisconnectUserEvent,
  SendMessageRequest,
} from 'amazon-ivs-chat-messaging';
import { createTokenProvider, type ProvidedToken, type TokenError } from '../../lib/client/index.ts';
import type { SeededUser, StackDescription } from '../local/stack-description.ts';
import { inTime, isRefusal, StoryError } from './check.ts';
import { createWitness, type Witness } from './witness.ts';

/** Somebody in the room: the real messaging client, fed by the token provider that a frontend would use. */
export interface Person {
  readonly name: string;
  readonly userId: string;
  readonly accessToken: string;
  readonly room: ChatRoom;
  readonly messages: Witness<ChatMessage>;
  readonly deletions: Witness<DeleteMessageEvent>;
  readonly disconnections: Witness<DisconnectUserEvent>;
  readonly ends: Witness<DisconnectReason>;
  /** Connects. @returns the minutes that the session lasts. @throws StoryError with the API's problem code. */
  connect(): Promise<number>;
  /** Waits a second and says it again when the room is busy. @throws the SDK's refusal otherwise. */
  say(content: string): Promise<ChatMessage>;
}

/** Over the room's messages a second (IVS Chat Messaging API reference, error messages): others may be playing too. */
const RATE_EXCEEDED = 429;
const BUSY_WAIT_MS = 1_100;

// The SDK's own logger writes chat tokens to the console.
const silent = { debug() {}, info() {}, error() {} };

/** Gives a signed-in person a seat; `connect` takes it. */
export function createPerson(
  stack: StackDescription,
  user: SeededUser,
  accessToken: string,
  roomId: string,
): Person {
  let refusal: TokenError | undefined;
  let token: ProvidedToken | undefined;
  const provide = createTokenProvider({
    baseUrl: stack.apiUrl,
    roomId,
    getAccessToken: () => accessToken,
    profile: { displayName: nameOf(user) },
    onError: (error) => {
      refusal = error;
    },
  });
  const room = new ChatRoom({
    regionOrUrl: stack.messagingUrl,
    tokenProvider: async () => {
      token = await provide();
      return token;
    },
  });
  room.logger = silent;
  room.logLevel = 'error';

  const connect = async () => {
    const opened = new Promise<void>((resolve, reject) => {
      room.addListener('connect', () => resolve());
      room.addListener('disconnect', reject);
    });
    room.connect();
    await inTime(opened, 'no answer').catch((failure: unknown) => {
      const reason = refusal?.code ?? (failure instanceof StoryError ? failure.message : failure);
      throw new StoryError(`${nameOf(user)} could not enter the room: ${reason}.`);
    });
    return token ? Math.round((token.tokenExpirationTime.getTime() - Date.now()) / 60_000) : 0;
  };

  return {
    name: nameOf(user),
    userId: user.userId,
    accessToken,
    room,
    messages: createWitness((see) => room.addListener('message', see)),
    deletions: createWitness((see) => room.addListener('messageDelete', see)),
    disconnections: createWitness((see) => room.addListener('userDisconnect', see)),
    ends: createWitness((see) => room.addListener('disconnect', see)),
    connect,
    say: async (content) => {
      const send = () =>
        inTime(room.sendMessage(new SendMessageRequest(content)), `Nothing came back for "${content}"`);
      return send().catch(async (error: unknown) => {
        if (!isBusy(error)) throw error;
        await sleep(BUSY_WAIT_MS);
        return send();
      });
    },
  };
}

const isBusy = (error: unknown) => isRefusal(error) && error.errorCode === RATE_EXCEEDED;

function nameOf({ username }: SeededUser): string {
  return username.charAt(0).toUpperCase() + username.slice(1);
}
