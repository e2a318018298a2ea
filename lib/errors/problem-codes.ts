/** What a problem code means to a client. */
export interface ProblemKind {
  /** HTTP status of the answer, and of the problem's `status` member. */
  readonly status: number;
  /** Short summary: the same for every occurrence (RFC 9457, section 3.1.3). */
  readonly title: string;
  /** What happened and what to do about it. Shown as `detail` unless an occurrence has its own. */
  readonly description: string;
  /** Nothing mends it but an operator: the log says so, for an alarm to count. */
  readonly alarm?: true;
}

/**
 * Every problem that Roomkeeper answers with, by its stable code. docs/errors.md lists the same ones; a test holds both equal.
 *
 * Codes are part of the API: a new one may be added, an existing one is never renamed or reused.
 */
export const PROBLEMS = Object.freeze({
  __proto__: null,

  'invalid-path': {
    status: 400,
    title: 'Invalid path',
    description: 'A part of the path is not a well-formed id.',
  },
  'malformed-json': {
    status: 400,
    title: 'Malformed JSON',
    description: 'The body is not JSON in UTF-8, or has a key that is never accepted.',
  },
  'invalid-body': {
    status: 400,
    title: 'Invalid body',
    description: 'The body is JSON, but not of the shape that this route takes; `errors` names each place.',
  },
  'display-name-refused': {
    status: 400,
    title: 'Display name refused',
    description: 'The display name does not pass review. Choose another one.',
  },
  'reserved-event-name': {
    status: 400,
    title: 'Reserved event name',
    description: 'Event names that start with aws: or roomkeeper: are reserved.',
  },

  'no-credentials': {
    status: 401,
    title: 'No credentials',
    description: 'Send an access token of the user pool: Authorization: Bearer <token>.',
  },
  'invalid-token': {
    status: 401,
    title: 'Invalid token',
    description: 'The bearer token is malformed, expired, or not an access token that this API trusts.',
  },

  'role-too-low': {
    status: 403,
    title: 'Role too low',
    description: 'Your role in this room does not permit this action.',
  },
  'cannot-act-on-self': {
    status: 403,
    title: 'Cannot act on yourself',
    description: 'Moderation actions on oneself are refused.',
  },
  'target-not-lower': {
    status: 403,
    title: 'Target is not of a lower role',
    description: 'Moderators act on lower roles only; this user has an equal or higher one.',
  },

  'route-not-found': {
    status: 404,
    title: 'Route not found',
    description: 'There is no such route.',
  },
  'room-not-found': {
    status: 404,
    title: 'Room not found',
    description: 'There is no such room.',
  },

  'body-too-large': {
    status: 413,
    title: 'Body too large',
    description: 'The body is larger than 8192 bytes.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    description: 'A body must be sent as application/json in UTF-8.',
  },

  internal: {
    status: 500,
    title: 'Internal error',
    description: 'Something went wrong on our side. Quote the requestId when you report it.',
  },
  'upstream-invalid-answer': {
    status: 502,
    title: 'Invalid answer from the chat service',
    description: 'The chat service answered with something unusable.',
  },
  'upstream-refused': {
    status: 502,
    title: 'Refused by the chat service',
    description:
      'The chat service does not accept our own credentials or permissions. An operator has to act.',
    alarm: true,
  },
  'upstream-rejected': {
    status: 502,
    title: 'Rejected by the chat service',
    description: 'The chat service rejected a request that passed our own checks.',
  },
  'upstream-unavailable': {
    status: 503,
    title: 'Chat service unavailable',
    description: 'The chat service cannot be reached or fails. Try again after Retry-After.',
  },
  'upstream-throttled': {
    status: 503,
    title: 'Chat service busy',
    description: 'The chat service is over its request rate. Try again after Retry-After.',
  },
  'upstream-quota-exceeded': {
    status: 503,
    title: 'Chat service quota exceeded',
    description: 'A quota of the chat service is used up. An operator has to act.',
    alarm: true,
  },
  'upstream-account-pending': {
    status: 503,
    title: 'Chat service account pending',
    description: 'The account is pending verification with the chat service. An operator has to act.',
    alarm: true,
  },
  'jwks-unavailable': {
    status: 503,
    title: 'Signing keys unavailable',
    description:
      'The keys that tokens are verified with cannot be read. Keep the token and try again after Retry-After.',
  },
  'upstream-timeout': {
    status: 504,
    title: 'Chat service timed out',
    description: 'The chat service did not answer in time. The action may have taken effect.',
  },
} as const satisfies Record<string, ProblemKind | null>);

/** A stable problem code: part of the API. */
export type ProblemCode = Exclude<keyof typeof PROBLEMS, '__proto__'>;

/** All codes, in the order of the table. */
export const PROBLEM_CODES = Object.freeze(Object.keys(PROBLEMS) as ProblemCode[]);
