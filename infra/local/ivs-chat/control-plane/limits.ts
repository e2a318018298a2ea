/**
 * The limits that the control plane holds requests to, each with its unit and source.
 *
 * Sources: "model" is the ivschat service model, API version 2020-07-14; "quotas" is the page Service Quotas of the
 * IVS Chat User Guide.
 */

/** Room and logging-configuration ARNs. Model, RoomIdentifier and LoggingConfigurationIdentifier. */
export const IDENTIFIER_MAX_CHARACTERS = 128;
/** Model, RoomName. */
export const ROOM_NAME_MAX_CHARACTERS = 128;
/** Model, RoomMaxMessageLength. Unicode code points. */
export const MESSAGE_LENGTH_MAX_CODE_POINTS = 500;
export const MESSAGE_LENGTH_DEFAULT_CODE_POINTS = 500;
/** Model, RoomMaxMessageRatePerSecond. */
export const MESSAGE_RATE_MAX_PER_SECOND = 100;
export const MESSAGE_RATE_DEFAULT_PER_SECOND = 10;
/** Model, LambdaArn. */
export const LAMBDA_ARN_MAX_CHARACTERS = 170;
/** Model, LoggingConfigurationIdentifierList. */
export const LOGGING_CONFIGURATIONS_PER_ROOM_MAX = 3;
/** Model, Tags. */
export const TAGS_MAX = 50;
export const TAG_KEY_MAX_CHARACTERS = 128;
export const TAG_VALUE_MAX_CHARACTERS = 256;
/** Model, UserID. */
export const USER_ID_MAX_CHARACTERS = 128;
/** Model, SessionDurationInMinutes. */
export const SESSION_MAX_MINUTES = 180;
export const SESSION_DEFAULT_MINUTES = 60;
/** API reference, CreateChatToken: attributes are 1 KB in total. */
export const TOKEN_ATTRIBUTES_MAX_BYTES = 1024;
/** Model, MessageID and ID. */
export const MESSAGE_ID_CHARACTERS = 12;
/** Model, Reason. */
export const REASON_MAX_CHARACTERS = 256;
/** Model, EventName. */
export const EVENT_NAME_MAX_CHARACTERS = 100;
/** API reference, SendEvent, since 2025-11-19: attributes are 4 KB in total. */
export const EVENT_ATTRIBUTES_MAX_BYTES = 4096;
/** Model, MaxRoomResults. */
export const ROOM_RESULTS_MAX = 50;
export const ROOM_RESULTS_DEFAULT = 50;
/** Model, PaginationToken. */
export const PAGINATION_TOKEN_MAX_CHARACTERS = 1024;
/** Quotas, rooms in an account and region. */
export const ROOMS_PER_ACCOUNT_MAX = 50_000;

/** Quotas, API call rates for the account and region. */
export const ROOM_REQUESTS_PER_SECOND = 5;
export const TOKEN_REQUESTS_PER_SECOND = 200;
export const MESSAGING_REQUESTS_PER_SECOND = 100;

/** Our choice: far above the largest valid request (1.5 kB of attributes and identifiers, or 50 tags). */
export const REQUEST_BODY_MAX_BYTES = 1024 * 1024;
