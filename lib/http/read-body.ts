import httpJsonBodyParser from '@middy/http-json-body-parser';
import type * as z from 'zod';
import { type BodyError, ProblemError } from '../errors/index.ts';
import { type HttpEvent, roomRouteOf, type Step } from './exchange.ts';

/** No route takes more; security budget: 8 kB, counted decoded. */
export const MAX_BODY_BYTES = 8192;

/** Keys that would reach an object's prototype; no route has a use for them, at any depth. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** How many mistakes of one body are named, and how much of a key: an answer is not a mirror. */
const MAX_ERRORS = 10;
const MAX_KEY_LENGTH = 64;

const UTF8 = new TextDecoder('utf-8', { fatal: true });

const parser = httpJsonBodyParser<HttpEvent>({
  reviver: (key, value) => {
    if (FORBIDDEN_KEYS.has(key)) throw new ProblemError('malformed-json');
    return value;
  },
});

/**
 * Reads the body: size, encoding, JSON, then the route's schema. No body at all counts as `{}`.
 *
 * @throws ProblemError `body-too-large`, `unsupported-media-type`, `malformed-json`, `invalid-body`
 */
export const readBody: Step = {
  before: (exchange) => {
    const { event } = exchange;
    const text = decode(event);
    // The parser decodes what is marked as base64 without minding invalid UTF-8: it gets the text that we decoded,
    // and none when there is none, so that it still judges the content type first.
    Object.assign(event, { body: text, isBase64Encoded: false });
    exchange.internal.body = validated(roomRouteOf(exchange).body, text === '' ? {} : parsed(exchange));
  },
};

/** @returns the body's text, undefined when it is not UTF-8. @throws ProblemError `body-too-large` */
function decode({ body = '', isBase64Encoded }: HttpEvent): string | undefined {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > MAX_BODY_BYTES) throw new ProblemError('body-too-large');
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

function parsed(exchange: Parameters<NonNullable<Step['before']>>[0]): unknown {
  try {
    parser.before?.(exchange as never);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    // The parser says 415 for the content type and 422 for the rest; its messages repeat what was sent.
    const wrongType = (error as { statusCode?: number }).statusCode === 415;
    throw new ProblemError(wrongType ? 'unsupported-media-type' : 'malformed-json', { cause: error });
  }
  return exchange.event.body;
}

function validated(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap(describe).slice(0, MAX_ERRORS);
  throw new ProblemError('invalid-body', { errors });
}

function describe(issue: z.core.$ZodIssue): BodyError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointerTo([...issue.path, key]), detail: 'unknown key' }));
  }
  return [{ pointer: pointerTo(issue.path), detail: issue.message }];
}

/** RFC 6901. */
function pointerTo(path: readonly PropertyKey[]): string {
  return path
    .map((key) => `/${String(key).slice(0, MAX_KEY_LENGTH).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
