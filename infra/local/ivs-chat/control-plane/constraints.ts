import type { ControlPlaneKnobs } from './knobs.ts';
import * as limits from './limits.ts';
import type { OperationName } from './operations.ts';
import type { MapShape, Shape, StringShape, StructureShape } from './shape.ts';

const roomIdentifier: StringShape = {
  type: 'string',
  min: 1,
  max: limits.IDENTIFIER_MAX_CHARACTERS,
  pattern: 'arn:aws:ivschat:[a-z0-9-]+:[0-9]+:room/[a-zA-Z0-9-]+',
};
const loggingConfigurationIdentifier: StringShape = {
  type: 'string',
  min: 1,
  max: limits.IDENTIFIER_MAX_CHARACTERS,
  pattern: 'arn:aws:ivschat:[a-z0-9-]+:[0-9]+:logging-configuration/[a-zA-Z0-9-]+',
};
const lambdaArn: StringShape = {
  type: 'string',
  max: limits.LAMBDA_ARN_MAX_CHARACTERS,
  // The model writes `$|^arn:…:function:.+.*`; every pattern here is anchored by its reader.
  pattern: '|arn:aws:lambda:[a-z0-9-]+:[0-9]{12}:function:.+',
};
const roomName: StringShape = {
  type: 'string',
  max: limits.ROOM_NAME_MAX_CHARACTERS,
  pattern: '[a-zA-Z0-9-_]*',
};
const userId: StringShape = { type: 'string', min: 1, max: limits.USER_ID_MAX_CHARACTERS };
const reason: StringShape = { type: 'string', min: 1, max: limits.REASON_MAX_CHARACTERS };
const capability: StringShape = {
  type: 'string',
  enum: ['SEND_MESSAGE', 'DISCONNECT_USER', 'DELETE_MESSAGE'],
};
const messageId: StringShape = {
  type: 'string',
  min: limits.MESSAGE_ID_CHARACTERS,
  max: limits.MESSAGE_ID_CHARACTERS,
  pattern: '[a-zA-Z0-9]+',
};

/** What CreateRoom and UpdateRoom have in common. */
const roomSettings: Readonly<Record<string, Shape>> = {
  name: roomName,
  maximumMessageRatePerSecond: { type: 'integer', min: 1, max: limits.MESSAGE_RATE_MAX_PER_SECOND },
  maximumMessageLength: { type: 'integer', min: 1, max: limits.MESSAGE_LENGTH_MAX_CODE_POINTS },
  messageReviewHandler: structure([], {
    uri: lambdaArn,
    fallbackResult: { type: 'string', enum: ['ALLOW', 'DENY'] },
  }),
  loggingConfigurationIdentifiers: {
    type: 'list',
    member: loggingConfigurationIdentifier,
    max: limits.LOGGING_CONFIGURATIONS_PER_ROOM_MAX,
  },
};

const tags: MapShape = {
  type: 'map',
  key: { type: 'string', min: 1, max: limits.TAG_KEY_MAX_CHARACTERS },
  value: { type: 'string', max: limits.TAG_VALUE_MAX_CHARACTERS },
  max: limits.TAGS_MAX,
};

/** The input of every operation: transcribed from the service model and the API reference, not taken from a client. */
export function inputShapes(knobs: ControlPlaneKnobs): Readonly<Record<OperationName, StructureShape>> {
  return {
    CreateRoom: structure([], { ...roomSettings, tags }),
    GetRoom: structure(['identifier'], { identifier: roomIdentifier }),
    UpdateRoom: structure(['identifier'], { identifier: roomIdentifier, ...roomSettings }),
    DeleteRoom: structure(['identifier'], { identifier: roomIdentifier }),
    ListRooms: structure([], {
      name: roomName,
      nextToken: { type: 'string', max: limits.PAGINATION_TOKEN_MAX_CHARACTERS },
      maxResults: { type: 'integer', min: 1, max: limits.ROOM_RESULTS_MAX },
      messageReviewHandlerUri: lambdaArn,
      loggingConfigurationIdentifier,
    }),
    CreateChatToken: structure(['roomIdentifier', 'userId'], {
      roomIdentifier,
      userId,
      capabilities: { type: 'list', member: capability },
      sessionDurationInMinutes: { type: 'integer', min: 1, max: limits.SESSION_MAX_MINUTES },
      attributes: attributes(limits.TOKEN_ATTRIBUTES_MAX_BYTES, knobs),
    }),
    DeleteMessage: structure(['roomIdentifier', 'id'], { roomIdentifier, id: messageId, reason }),
    DisconnectUser: structure(['roomIdentifier', 'userId'], { roomIdentifier, userId, reason }),
    SendEvent: structure(['roomIdentifier', 'eventName'], {
      roomIdentifier,
      eventName: { type: 'string', min: 1, max: limits.EVENT_NAME_MAX_CHARACTERS },
      attributes: attributes(knobs.sendEventAttributesMaxBytes, knobs),
    }),
  };
}

function structure(required: readonly string[], members: Readonly<Record<string, Shape>>): StructureShape {
  return { type: 'structure', required, members };
}

function attributes(maxTotalBytes: number, knobs: ControlPlaneKnobs): MapShape {
  return {
    type: 'map',
    key: { type: 'string' },
    value: { type: 'string' },
    maxTotalBytes,
    totalBytes: (map) =>
      Buffer.byteLength(
        knobs.attributesCountedAs === 'json' ? JSON.stringify(map) : Object.entries(map).flat().join(''),
      ),
  };
}
