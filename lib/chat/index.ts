export type {
  ChatAttributes,
  ChatCapability,
  ChatService,
  ChatToken,
  ChatTokenRequest,
} from './chat-service.ts';
export type { ReviewDisplayName } from './display-name.ts';
export { createIvsChatClient, createIvsChatService } from './ivs-chat-service.ts';
export * from './limits.ts';
export { type ProfilePolicy, senderAttributes, type UnverifiedProfile } from './sender-attributes.ts';
export { upstreamSignal } from './upstream-signal.ts';
