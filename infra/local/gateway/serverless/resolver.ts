import { ServerlessFileError } from './document.ts';
import { NO_VALUE, resolveIntrinsic } from './intrinsics.ts';
import { splitVariables, type Variable } from './variable-syntax.ts';

/** Where the values of serverless.yml's variables and references come from. */
export interface ValueSources {
  /** The parsed serverless.yml, for `${self:…}` and `params`. */
  readonly document: unknown;
  readonly stage: string;
  readonly region: string;
  readonly accountId: string;
  /** `${param:x}`; they win over `params.<stage>` and `params.default`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** `!Ref X` by `X`, `!GetAtt X.Arn` by `X.Arn`. */
  readonly references: Readonly<Record<string, string>>;
  /** What `!If` decides by. */
  readonly conditions?: Readonly<Record<string, boolean>>;
}

/**
 * Resolves variables and references in a value of serverless.yml, however deep. Members and list items that are
 * `!Ref AWS::NoValue` are left out; a value that is one itself resolves to undefined.
 *
 * @param where function and key, for the error message.
 * @throws ServerlessFileError when something in it has no value here.
 */
export type Resolve = (value: unknown, where: string) => unknown;

/** A variable that refers to itself would be followed for ever. */
const MAX_DEPTH = 40;
const LITERALS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

export function createResolver(sources: ValueSources): Resolve {
  const resolver = new Resolver(sources);
  return (value, where) => {
    const resolved = resolver.value(value, where, 0);
    return resolved === NO_VALUE ? undefined : resolved;
  };
}

class Resolver {
  readonly #sources: ValueSources;
  readonly #lookUp: ReadonlyMap<string, (address: string) => unknown>;

  constructor(sources: ValueSources) {
    this.#sources = sources;
    this.#lookUp = lookUpTable(sources);
  }

  value(value: unknown, where: string, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new ServerlessFileError(`${where}: refers to itself`);
    if (typeof value === 'string') return this.#text(value, where, depth, false);
    if (Array.isArray(value)) {
      return value
        .map((item, index) => this.value(item, `${where}[${index}]`, depth + 1))
        .filter((item) => item !== NO_VALUE);
    }
    if (typeof value !== 'object' || value === null) return value;
    const { references, conditions = {} } = this.#sources;
    const resolve = (argument: unknown, isTemplate: boolean) =>
      typeof argument === 'string'
        ? this.#text(argument, where, depth + 1, isTemplate)
        : this.value(argument, where, depth + 1);
    const intrinsic = resolveIntrinsic(value, { references, conditions, resolve, where });
    if (intrinsic) return intrinsic.value;
    const members = Object.entries(value).map(
      ([key, item]) => [key, this.value(item, `${where}.${key}`, depth + 1)] as const,
    );
    return Object.fromEntries(members.filter(([, item]) => item !== NO_VALUE));
  }

  #text(text: string, where: string, depth: number, isTemplate: boolean): unknown {
    const parts = splitVariables(text);
    if (!isTemplate && parts.some((part) => typeof part === 'string' && part.includes('${'))) {
      throw new ServerlessFileError(`${where}: ${text} has no value outside of Fn::Sub`);
    }
    const values = parts.map((part) =>
      typeof part === 'string' ? part : this.#variable(part, where, depth + 1),
    );
    if (values.length === 1) return values[0];
    if (values.includes(NO_VALUE))
      throw new ServerlessFileError(`${where}: AWS::NoValue cannot be part of a text`);
    return values.join('');
  }

  #variable(variable: Variable, where: string, depth: number): unknown {
    const value = this.#firstOf(variable, where, depth);
    if (value !== undefined) return value;
    throw new ServerlessFileError(`${where}: ${variable.written} has no value`);
  }

  #firstOf(variable: Variable, where: string, depth: number): unknown {
    for (const alternative of variable.alternatives) {
      const value = this.#alternative(alternative, where, depth);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  #alternative(alternative: string, where: string, depth: number): unknown {
    const quoted = /^(['"])(.*)\1$/s.exec(alternative);
    if (quoted) return this.#text(quoted[2] ?? '', where, depth, false);
    const [nested] = splitVariables(alternative);
    if (typeof nested === 'object') return this.#firstOf(nested, where, depth + 1);
    if (LITERALS.has(alternative)) return LITERALS.get(alternative);
    if (/^-?\d+(\.\d+)?$/.test(alternative)) return Number(alternative);
    const colon = alternative.indexOf(':');
    const address = this.#text(alternative.slice(colon + 1), where, depth, false);
    const found = this.#lookUp.get(alternative.slice(0, colon))?.(String(address));
    return found === undefined || found === null ? undefined : this.value(found, where, depth);
  }
}

/** `${source:address}` by source. Sources that are missing here (env, file, cf, ssm …) have no values. */
function lookUpTable(sources: ValueSources): ReadonlyMap<string, (address: string) => unknown> {
  const { document, stage, region, accountId, parameters } = sources;
  const byName = (values: Record<string, unknown>) => (name: string) =>
    Object.hasOwn(values, name) ? values[name] : undefined;
  return new Map([
    [
      'param',
      (name) =>
        byName(parameters)(name) ??
        at(document, ['params', stage, name]) ??
        at(document, ['params', 'default', name]),
    ],
    ['opt', byName({ stage, region })],
    ['sls', byName({ stage })],
    ['aws', byName({ region, accountId })],
    ['self', (address) => at(document, address.split('.'))],
  ]);
}

/** @returns what an object holds at a path; undefined where it ends earlier. */
export function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (holder, key) =>
      typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
        ? (holder as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}
