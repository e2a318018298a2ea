export { deleteMessage } from './delete-message.ts';
export { disconnectUser } from './disconnect-user.ts';
export { DEFAULT_PUBLIC_REASON, PUBLIC_REASONS, type PublicReason } from './public-reason.ts';
export { sendEvent } from './send-event.ts';
export { vendToken } from './vend-token.ts';
