import type { APIGatewayProxyEventV2 } from 'aws-lambda';

export const REQUEST_ID = 'JKJaXmPLvHcESHA=';
export const SOURCE_IP = '192.0.2.44';

/** A request, reduced to what the pipeline can see of it. */
export interface Sent {
  readonly routeKey: string;
  readonly authorization?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: Readonly<Record<string, string>>;
  /** Text, or bytes that arrive as base64. */
  readonly body?: string | Buffer;
  /** Sent with a body unless named otherwise; null sends none. */
  readonly contentType?: string | null;
}

/** The request as an event of API Gateway's HTTP API, payload version 2.0. */
export function eventOf(sent: Sent): APIGatewayProxyEventV2 {
  const { routeKey, authorization, path, body, headers = {} } = sent;
  const { contentType = body === undefined ? null : 'application/json' } = sent;
  const [method = '', rawPath = ''] = routeKey.split(' ');
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: '',
    headers: {
      host: 'abc123.execute-api.eu-west-1.amazonaws.com',
      ...(contentType !== null && { 'content-type': contentType }),
      ...(authorization !== undefined && { authorization }),
      ...headers,
    },
    ...(path && { pathParameters: path }),
    requestContext: {
      accountId: '123456789012',
      apiId: 'abc123',
      domainName: 'abc123.execute-api.eu-west-1.amazonaws.com',
      domainPrefix: 'abc123',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: SOURCE_IP, userAgent: 'canary-agent' },
      requestId: REQUEST_ID,
      routeKey,
      stage: '$default',
      time: '21/Nov/2026:05:00:00 +0000',
      timeEpoch: 1_795_237_200_000,
    },
    ...(body !== undefined && { body: Buffer.isBuffer(body) ? body.toString('base64') : body }),
    isBase64Encoded: Buffer.isBuffer(body),
  };
}
