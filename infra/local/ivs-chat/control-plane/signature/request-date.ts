import type { Clock } from '../../../clock.ts';
import { ServiceError } from '../errors.ts';
import { incomplete } from './authorization.ts';
import type { WireRequest } from './canonical-request.ts';

/** How far a request's date may be from the service's time, either way. IAM user guide: 5 minutes. */
const FRESH_FOR_MS = 300_000;

/** When a request says it was signed. */
export interface RequestDate {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The same as YYYYMMDDTHHMMSSZ. */
  readonly timestamp: string;
  /** The header that says so. */
  readonly header: 'x-amz-date' | 'date';
}

/** @throws ServiceError IncompleteSignatureException when the request has no date, several, or one that is malformed. */
export function requestDate(headers: WireRequest['headers']): RequestDate {
  const header = dateHeader(headers);
  if (!headers[header]) {
    throw incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  const at = signedAt(headers);
  if (Number.isNaN(at)) {
    const format =
      header === 'x-amz-date' ? "ISO 8601 'basic format', YYYYMMDDTHHMMSSZ" : 'the format of HTTP';
    throw incomplete(`The ${header} header must be one date in ${format}.`);
  }
  return { at, timestamp: basicFormat(at), header };
}

/**
 * Checks that the date is near the stack's time or near the real time.
 *
 * Functions of the stack sign with the clock that the control port advances, clients outside it with their own.
 *
 * @throws ServiceError InvalidSignatureException, in the words that AWS's clients look for.
 */
export function checkFresh({ at, timestamp }: RequestDate, clock: Pick<Clock, 'now'>): void {
  const now = clock.now();
  if (near(at, now) || near(at, Date.now())) return;
  const message =
    at < now
      ? `Signature expired: ${timestamp} is now earlier than ${basicFormat(now - FRESH_FOR_MS)} (${basicFormat(now)} - 5 min.)`
      : `Signature not yet current: ${timestamp} is still later than ${basicFormat(now + FRESH_FOR_MS)} (${basicFormat(now)} + 5 min.)`;
  throw new ServiceError('InvalidSignatureException', message);
}

/**
 * The time for the Date header of an answer: the real one for a request that goes by that, else the stack's.
 *
 * AWS's clients correct their clock by this header, some by that of every answer. One that is right is not to learn a time that
 * the next advance makes wrong.
 *
 * @returns milliseconds since the epoch.
 */
export function answerTime(headers: WireRequest['headers'], clock: Pick<Clock, 'now'>): number {
  const at = signedAt(headers);
  const [now, real] = [clock.now(), Date.now()];
  return near(at, real) && Math.abs(at - real) < Math.abs(at - now) ? real : now;
}

function dateHeader(headers: WireRequest['headers']): RequestDate['header'] {
  return headers['x-amz-date'] ? 'x-amz-date' : 'date';
}

/** @returns milliseconds since the epoch; NaN when the request does not say it once and well. */
function signedAt(headers: WireRequest['headers']): number {
  const header = dateHeader(headers);
  const [value = '', ...more] = headers[header] ?? [];
  if (more.length > 0) return Number.NaN;
  return header === 'x-amz-date' ? parseBasicFormat(value) : parseHttpDate(value);
}

function near(at: number, time: number): boolean {
  return Math.abs(time - at) <= FRESH_FOR_MS;
}

/** @returns NaN for anything that is not a date in this format. */
function parseBasicFormat(text: string): number {
  const extended = text.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, '$1-$2-$3T$4:$5:$6Z');
  const at = Date.parse(extended);
  // The parser takes the 31st of every month and other formats.
  return !Number.isNaN(at) && basicFormat(at) === text ? at : Number.NaN;
}

function parseHttpDate(text: string): number {
  const at = Date.parse(text);
  return new Date(at).toUTCString() === text ? at : Number.NaN;
}

function basicFormat(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
