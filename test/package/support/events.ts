import { randomUUID } from 'node:crypto';
import type { InvokeResult } from './invocations.ts';
import { DEPLOYMENT } from './template.ts';

/** A request as an HTTP API hands it to a function (API Gateway developer guide, payload format version 2.0). */
export function httpEvent(
  routeKey: string,
  request: {
    readonly pathParameters?: Readonly<Record<string, string>>;
    readonly token?: string | undefined;
    readonly body?: unknown;
  } = {},
): Record<string, unknown> {
  const { pathParameters, token, body } = request;
  const [method = '', template = ''] = routeKey.split(' ');
  const path = template.replace(/\{(\w+)\}/g, (_whole, name: string) => pathParameters?.[name] ?? '');
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: {
      host: 'abcdef1234.execute-api.eu-west-1.amazonaws.com',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    requestContext: {
      accountId: DEPLOYMENT.accountId,
      apiId: 'abcdef1234',
      domainName: 'abcdef1234.execute-api.eu-west-1.amazonaws.com',
      domainPrefix: 'abcdef1234',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 1_767_225_600_000,
    },
    ...(pathParameters ? { pathParameters } : {}),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}

/**
 * Reads a result as API Gateway does.
 *
 * @throws Error when the invocation has failed.
 */
export function httpAnswer(result: InvokeResult): {
  status: number;
  contentType: string | undefined;
  body: Record<string, unknown>;
} {
  if ('functionError' in result) throw new Error(JSON.stringify(result.functionError));
  const answer = result.payload as { statusCode: number; headers: Record<string, string>; body: string };
  return {
    status: answer.statusCode,
    contentType: answer.headers['content-type']?.split(';')[0],
    body: JSON.parse(answer.body) as Record<string, unknown>,
  };
}

/** A message as IVS Chat hands it to a review handler (User Guide, "Chat message review handler"). */
export function reviewEvent(content: string, accountId: string = DEPLOYMENT.accountId) {
  return {
    Content: content,
    MessageId: 'AbCdEf123456',
    RoomArn: `arn:aws:ivschat:${DEPLOYMENT.region}:${accountId}:room/AbCdEf123456`,
    Attributes: null,
    Sender: { Attributes: { role: 'viewer' }, UserId: 'somebody', Ip: '192.0.2.1' },
  };
}
