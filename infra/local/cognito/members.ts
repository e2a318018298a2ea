import { CognitoError, invalidParameter, notImplemented } from './errors.ts';

/** What a member of a request can be, and what it is read as. */
interface Kinds {
  string: string;
  boolean: boolean;
  integer: number;
  /** A JSON object of strings. */
  map: ReadonlyMap<string, string>;
  /** A list of `{Name, Value}`. */
  attributes: ReadonlyMap<string, string>;
}

/** One member of an operation's input, with the service model's constraints. */
export interface Rule<Kind extends keyof Kinds = keyof Kinds, Required extends boolean = boolean> {
  readonly kind: Kind;
  readonly required: Required;
  /** Length of a string, value of an integer. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly oneOf?: readonly string[];
}
export type Shape = Readonly<Record<string, Rule>>;
export type Parsed<S extends Shape> = {
  readonly [Name in keyof S]: S[Name] extends Rule<infer Kind, infer Required>
    ? Required extends true
      ? Kinds[Kind]
      : Kinds[Kind] | undefined
    : never;
};

/** Members that go to Lambda triggers, threat protection or message delivery only, of which a local pool has none. */
const WITHOUT_EFFECT = new Set([
  'AnalyticsMetadata',
  'ClientMetadata',
  'DesiredDeliveryMediums',
  'UserContextData',
  'ValidationData',
]);

export function required<Kind extends keyof Kinds>(
  kind: Kind,
  rest: Omit<Rule, 'kind' | 'required'> = {},
): Rule<Kind, true> {
  return { kind, required: true, ...rest };
}

export function optional<Kind extends keyof Kinds>(
  kind: Kind,
  rest: Omit<Rule, 'kind' | 'required'> = {},
): Rule<Kind, false> {
  return { kind, required: false, ...rest };
}

/**
 * Reads an operation's input.
 *
 * @throws CognitoError SerializationException for a wrong JSON type, InvalidParameterException listing broken constraints
 *   (never the values), NotImplementedInStandIn for a member that is not in the shape.
 */
export function parseMembers<S extends Shape>(shape: S, input: Readonly<Record<string, unknown>>): Parsed<S> {
  const foreign = Object.keys(input).find((name) => !Object.hasOwn(shape, name) && !WITHOUT_EFFECT.has(name));
  if (foreign !== undefined) throw notImplemented(`the member ${JSON.stringify(foreign.slice(0, 64))}`);
  const violations: string[] = [];
  const parsed = Object.entries(shape).map(([name, rule]) => {
    const value = Object.hasOwn(input, name) ? (input[name] ?? undefined) : undefined;
    const violation = value === undefined ? missing(rule) : broken(rule, convert(name, rule, value));
    if (violation) {
      const at = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
      violations.push(
        `Value ${value === undefined ? 'null ' : ''}at '${at}' failed to satisfy constraint: ${violation}`,
      );
    }
    return [name, value === undefined ? undefined : convert(name, rule, value)] as const;
  });
  if (violations.length > 0) {
    const detected =
      violations.length === 1
        ? '1 validation error detected'
        : `${violations.length} validation errors detected`;
    throw invalidParameter(`${detected}: ${violations.join('; ')}`);
  }
  return Object.fromEntries(parsed) as Parsed<S>;
}

function missing({ required: isRequired }: Rule): string | undefined {
  return isRequired ? 'Member must not be null' : undefined;
}

function broken({ min, max, pattern, oneOf }: Rule, value: unknown): string | undefined {
  const size = typeof value === 'string' ? value.length : Number(value);
  const what = typeof value === 'string' ? 'have length' : 'have value';
  if (min !== undefined && size < min) return `Member must ${what} greater than or equal to ${min}`;
  if (max !== undefined && size > max) return `Member must ${what} less than or equal to ${max}`;
  if (pattern && !pattern.test(String(value))) {
    return `Member must satisfy regular expression pattern: ${pattern.source.slice(1, -1)}`;
  }
  if (oneOf && !oneOf.includes(String(value))) {
    return `Member must satisfy enum value set: [${oneOf.join(', ')}]`;
  }
  return undefined;
}

const CONVERTERS: { readonly [Kind in keyof Kinds]: (value: unknown) => Kinds[Kind] | undefined } = {
  string: (value) => (typeof value === 'string' ? value : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  integer: (value) => (Number.isSafeInteger(value) ? (value as number) : undefined),
  map: (value) => (isPlain(value) ? strings(Object.entries(value)) : undefined),
  attributes: (value) =>
    Array.isArray(value) && value.every(isPlain)
      ? strings(value.map(({ Name, Value = '' }) => [Name, Value]))
      : undefined,
};

function convert(name: string, { kind }: Rule, value: unknown): Kinds[keyof Kinds] {
  const converted = CONVERTERS[kind](value);
  if (converted === undefined) {
    throw new CognitoError('SerializationException', `the member ${name} is of the wrong type`);
  }
  return converted;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(entries: readonly (readonly unknown[])[]): ReadonlyMap<string, string> | undefined {
  if (!entries.every((entry) => entry.every((part) => typeof part === 'string'))) return undefined;
  return new Map(entries as [string, string][]);
}
