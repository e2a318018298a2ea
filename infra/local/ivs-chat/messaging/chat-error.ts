/**
 * The errors of the Messaging API (IVS Chat Messaging API reference, error-messages), by what is wrong.
 *
 * The texts of `messageTooLong` and `rateExceeded` are known from AWS's own demo; the others are ours, and all of them
 * can be set with the knob `errorTexts`.
 */
export const CHAT_ERRORS = {
  malformed: { code: 400, text: 'The request is malformed or invalid' },
  messageTooLong: { code: 400, text: 'Message exceeds maximum length' },
  unauthorized: { code: 401, text: 'The connection has expired or the chat token is missing' },
  forbidden: { code: 403, text: 'The capabilities of the chat token do not permit this action' },
  disconnected: { code: 403, text: 'The user was disconnected from the room' },
  roomNotFound: { code: 404, text: 'The room cannot be found' },
  messageNotFound: { code: 404, text: 'The message cannot be found' },
  userNotFound: { code: 404, text: 'The user is not connected to the room' },
  rejected: { code: 406, text: 'The message was rejected during message review' },
  attributesTooLarge: { code: 413, text: 'The attributes are too large' },
  rateExceeded: { code: 429, text: 'rate limit exceeded' },
  internal: { code: 500, text: 'An internal error occurred' },
} as const;

export type ChatErrorName = keyof typeof CHAT_ERRORS;
