import { loggingConfigurationArn, REVIEW_HANDLER, roomArn } from './stand-in.ts';

const LAMBDA_PREFIX = REVIEW_HANDLER.slice(0, REVIEW_HANDLER.lastIndexOf(':') + 1);
/** The stand-in that judges the cases has these. */
export const LOGGING_CONFIGURATIONS = [1, 2, 3, 4].map((n) => loggingConfigurationArn(`Logging0000${n}`));
const lambdaArn = (length: number) => LAMBDA_PREFIX.padEnd(length, 'a');
const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`tag${n}`, 'x']));
const text = (length: number, character = 'a') => character.repeat(length);

const roomSettings = [
  ['name', '', 'accepted'],
  ['name', text(128), 'accepted'],
  ['name', text(129), 'length less than or equal to 128'],
  ['name', 'Az09-_', 'accepted'],
  ['name', 'two words', 'regular expression pattern'],
  ['name', 'line\n', 'regular expression pattern'],
  ['maximumMessageLength', 0, 'between 1 and 500'],
  ['maximumMessageLength', 1, 'accepted'],
  ['maximumMessageLength', 500, 'accepted'],
  ['maximumMessageLength', 501, 'between 1 and 500'],
  ['maximumMessageRatePerSecond', 0, 'between 1 and 100'],
  ['maximumMessageRatePerSecond', 1, 'accepted'],
  ['maximumMessageRatePerSecond', 100, 'accepted'],
  ['maximumMessageRatePerSecond', 101, 'between 1 and 100'],
  ['messageReviewHandler.uri', '', 'accepted'],
  ['messageReviewHandler.uri', lambdaArn(170), 'accepted'],
  ['messageReviewHandler.uri', lambdaArn(171), 'length less than or equal to 170'],
  ['messageReviewHandler.uri', 'https://example.org/review', 'regular expression pattern'],
  ['messageReviewHandler.uri', `x${REVIEW_HANDLER}`, 'regular expression pattern'],
  ['messageReviewHandler.fallbackResult', 'DENY', 'accepted'],
  ['messageReviewHandler.fallbackResult', 'deny', 'enum value set: [ALLOW, DENY]'],
  ['loggingConfigurationIdentifiers', [], 'accepted'],
  ['loggingConfigurationIdentifiers', LOGGING_CONFIGURATIONS.slice(0, 3), 'accepted'],
  ['loggingConfigurationIdentifiers', LOGGING_CONFIGURATIONS, 'length less than or equal to 3'],
  ['loggingConfigurationIdentifiers.0', [roomArn('AbCdEf123456')], 'regular expression pattern'],
] as const;

/** `expected` is `accepted`, an error's name, or a part of the message about the member at `path`. */
export const CONSTRAINT_CASES: readonly (readonly [
  operation: string,
  path: string,
  value: unknown,
  expected: string,
])[] = [
  ...['CreateRoom', 'UpdateRoom'].flatMap((operation) =>
    roomSettings.map((row) => [operation, ...row] as const),
  ),
  ['CreateRoom', 'tags', tags(50), 'accepted'],
  ['CreateRoom', 'tags', tags(51), 'length less than or equal to 50'],
  ['CreateRoom', 'tags', { [text(128)]: text(256) }, 'accepted'],
  ['CreateRoom', 'tags.key', { [text(129)]: '' }, 'length between 1 and 128'],
  ['CreateRoom', 'tags.key', { '': 'x' }, 'length between 1 and 128'],
  ['CreateRoom', 'tags.value', { key: text(257) }, 'length less than or equal to 256'],
  ...['GetRoom', 'UpdateRoom', 'DeleteRoom'].flatMap((operation) => identifierCases(operation, 'identifier')),
  ...['CreateChatToken', 'DeleteMessage', 'DisconnectUser', 'SendEvent'].flatMap((operation) =>
    identifierCases(operation, 'roomIdentifier'),
  ),
  ['ListRooms', 'name', text(128), 'accepted'],
  ['ListRooms', 'name', text(129), 'length less than or equal to 128'],
  ['ListRooms', 'maxResults', 0, 'between 1 and 50'],
  ['ListRooms', 'maxResults', 1, 'accepted'],
  ['ListRooms', 'maxResults', 50, 'accepted'],
  ['ListRooms', 'maxResults', 51, 'between 1 and 50'],
  ['ListRooms', 'nextToken', '', 'accepted'],
  ['ListRooms', 'nextToken', text(1024), 'not valid for this request'],
  ['ListRooms', 'nextToken', text(1025), 'length less than or equal to 1024'],
  ['ListRooms', 'messageReviewHandlerUri', lambdaArn(170), 'accepted'],
  ['ListRooms', 'messageReviewHandlerUri', lambdaArn(171), 'length less than or equal to 170'],
  ['ListRooms', 'loggingConfigurationIdentifier', LOGGING_CONFIGURATIONS[0], 'accepted'],
  [
    'ListRooms',
    'loggingConfigurationIdentifier',
    `${LOGGING_CONFIGURATIONS[0]}/`,
    'regular expression pattern',
  ],
  ...['CreateChatToken', 'DisconnectUser'].flatMap((operation) => userIdCases(operation)),
  ['CreateChatToken', 'sessionDurationInMinutes', 0, 'between 1 and 180'],
  ['CreateChatToken', 'sessionDurationInMinutes', 1, 'accepted'],
  ['CreateChatToken', 'sessionDurationInMinutes', 180, 'accepted'],
  ['CreateChatToken', 'sessionDurationInMinutes', 181, 'between 1 and 180'],
  ['CreateChatToken', 'capabilities', [], 'accepted'],
  ['CreateChatToken', 'capabilities', ['SEND_MESSAGE', 'DELETE_MESSAGE', 'DISCONNECT_USER'], 'accepted'],
  [
    'CreateChatToken',
    'capabilities.1',
    ['SEND_MESSAGE', 'FLY'],
    'enum value set: [SEND_MESSAGE, DISCONNECT_USER, DELETE_MESSAGE]',
  ],
  ['CreateChatToken', 'attributes', { a: text(512), b: text(510) }, 'accepted'],
  ['CreateChatToken', 'attributes', { a: text(512), b: text(511) }, 'less than or equal to 1024 bytes'],
  ['CreateChatToken', 'attributes', { ab: text(511, 'é') }, 'accepted'],
  ['CreateChatToken', 'attributes', { abc: text(511, 'é') }, 'less than or equal to 1024 bytes'],
  ['SendEvent', 'attributes', { a: text(4095) }, 'accepted'],
  ['SendEvent', 'attributes', { a: text(4096) }, 'less than or equal to 4096 bytes'],
  ['SendEvent', 'eventName', '', 'length between 1 and 100'],
  ['SendEvent', 'eventName', text(100), 'accepted'],
  ['SendEvent', 'eventName', text(101), 'length between 1 and 100'],
  ['DeleteMessage', 'id', text(11), 'length between 12 and 12'],
  ['DeleteMessage', 'id', text(12), 'accepted'],
  ['DeleteMessage', 'id', text(13), 'length between 12 and 12'],
  ['DeleteMessage', 'id', 'abcdef-12345', 'regular expression pattern'],
  ...['DeleteMessage', 'DisconnectUser'].flatMap((operation) => reasonCases(operation)),
];

function identifierCases(operation: string, member: string) {
  const prefix = roomArn('');
  return [
    [operation, member, prefix.padEnd(128, 'a'), 'ResourceNotFoundException'],
    [operation, member, prefix.padEnd(129, 'a'), 'length between 1 and 128'],
    [operation, member, '', 'length between 1 and 128'],
    [operation, member, 'AbCdEf123456', 'regular expression pattern'],
    [operation, member, `${prefix}AbCdEf123456\n`, 'regular expression pattern'],
    [operation, member, loggingConfigurationArn('AbCdEf123456'), 'regular expression pattern'],
  ] as const;
}

function userIdCases(operation: string) {
  return [
    [operation, 'userId', '', 'length between 1 and 128'],
    [operation, 'userId', text(128), 'accepted'],
    [operation, 'userId', text(129), 'length between 1 and 128'],
    [operation, 'userId', text(128, '🙂'), 'accepted'],
    [operation, 'userId', text(129, '🙂'), 'length between 1 and 128'],
  ] as const;
}

function reasonCases(operation: string) {
  return [
    [operation, 'reason', '', 'length between 1 and 256'],
    [operation, 'reason', text(1), 'accepted'],
    [operation, 'reason', text(256), 'accepted'],
    [operation, 'reason', text(257), 'length between 1 and 256'],
  ] as const;
}
