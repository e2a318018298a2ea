/** "Rate of messaging requests per connection: 10 per second", not adjustable (IVS Chat user guide, service-quotas). */
export const CONNECTION_REQUESTS_PER_SECOND = 10;

/** "Rate of SendMessage requests across all your rooms" (service-quotas; adjustable). */
export const ACCOUNT_SEND_MESSAGES_PER_SECOND = 1000;

/** "Rate of DeleteMessage requests across all your rooms", HTTP and WebSocket together (service-quotas; adjustable). */
export const ACCOUNT_DELETE_MESSAGES_PER_SECOND = 100;

/** "Rate of DisconnectUser requests across all your rooms", HTTP and WebSocket together (service-quotas; adjustable). */
export const ACCOUNT_DISCONNECT_USERS_PER_SECOND = 100;

/** "Concurrent chat connections", all rooms together (service-quotas; adjustable). */
export const ACCOUNT_CONNECTIONS = 50_000;

/** Message ids are 12 characters (IVS Chat service model, shape MessageID; DeleteMessage `id`). */
export const MESSAGE_ID_PATTERN = /^[a-zA-Z0-9]{12}$/;

/** Characters of an id. The captures show letters and digits only. */
export const ID_LENGTH_CHARACTERS = 12;

/** 1 to 256 code points (IVS Chat service model, shape Reason). */
export const REASON_CODE_POINTS = 256;

/** 1 to 128 code points (IVS Chat service model, shape UserID). */
export const USER_ID_CODE_POINTS = 128;

/** "Attributes (optional): 1 KB" of a review response (IVS Chat user guide, chat-message-review-handler). */
export const REVIEW_ATTRIBUTES_BYTES = 1024;

/** "Message review handler timeout: 200 milliseconds", not adjustable (IVS Chat user guide, service-quotas). */
export const REVIEW_TIMEOUT_MS = 200;

/** Synchronous invocation payload, request and response each: 6 MB (AWS Lambda quotas). */
export const LAMBDA_RESPONSE_BYTES = 6 * 1024 * 1024;

/** DisconnectUser and the end of a session close cleanly; the client SDK takes 1000 for a `serverDisconnect`. */
export const NORMAL_CLOSURE = 1000;

/** The stand-in itself is stopping (RFC 6455, 7.4.1). */
export const GOING_AWAY = 1001;
