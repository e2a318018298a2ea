import type { Attributes } from './frames.ts';
import type { MessagingKnobs } from './knobs.ts';

/** The length that IVS limits: Unicode code points, not bytes and not UTF-16 units. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; count += 1) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return count;
}

/** Bytes of attributes in UTF-8, counted as the knob says. */
export function measureAttributes(
  attributes: Attributes,
  countedAs: MessagingKnobs['attributesCountedAs'],
): number {
  if (countedAs === 'json') return Buffer.byteLength(JSON.stringify(attributes));
  return Object.entries(attributes)
    .flat()
    .reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
}

/** Whether a parsed JSON value is a map of strings. */
export function isAttributes(value: unknown): value is Attributes {
  return isObject(value) && Object.values(value).every((entry) => typeof entry === 'string');
}

/** Whether a parsed JSON value is an object, not null and not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
