import { basename } from 'node:path';
import { type Authorizers, readAuthorizers } from './authorizers.ts';
import { type Concurrency, readConcurrency } from './concurrency.ts';
import { parseServerlessFile, ServerlessFileError } from './document.ts';
import { type CorsConfiguration, type RouteDefinition, readCors, readRoutes } from './http-api.ts';
import { at, createResolver, type Resolve, type ValueSources } from './resolver.ts';

/** A function of serverless.yml. */
export interface FunctionDefinition extends Concurrency {
  /** The key in serverless.yml, for example `tokens`. */
  readonly key: string;
  /** The name on AWS: `<service>-<stage>-<key>` unless `name` says otherwise. */
  readonly name: string;
  /** `dist/tokens/index.handler`: file without extension, then export. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memorySizeMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly routes: readonly RouteDefinition[];
}

/** What serverless.yml says that is emulated. */
export interface ServiceDefinition {
  readonly functions: readonly FunctionDefinition[];
  /** Null: CORS is not configured, and the functions' own headers reach the client. */
  readonly cors: CorsConfiguration | null;
  /** Things in the file that have no effect here, one sentence each. */
  readonly notEmulated: readonly string[];
}

/** Where what serverless.yml leaves open comes from. */
export interface ServiceSources extends Omit<ValueSources, 'document'> {
  /** Where the keys of JWT authorizers' issuers are. Null refuses JWT authorizers. */
  readonly jwksOrigin?: string | null;
  readonly templateValues?: TemplateValuesFrom;
}

/**
 * What the template makes of its parameters.
 *
 * @param parameter the value of `${param:<name>}` as text; null when serverless.yml has no such parameter for the stage. It
 *   throws ServerlessFileError when the value holds what has no value here.
 */
export type TemplateValuesFrom = (parameter: (name: string) => string | null) => {
  readonly references: Readonly<Record<string, string>>;
  readonly conditions: Readonly<Record<string, boolean>>;
};

/** Serverless Framework's defaults (serverless.yml reference, `provider`). */
const DEFAULT_TIMEOUT_SECONDS = 6;
const DEFAULT_MEMORY_SIZE_MB = 1024;
/** Keys of a function that change how it answers, so that ignoring them would mislead. */
const REFUSED_KEYS = ['image', 'url', 'layers', 'destinations', 'onError', 'snapStart'];

/**
 * Reads functions, routes and CORS out of serverless.yml.
 *
 * @throws ServerlessFileError naming the function and the key for whatever has no value or is not emulated.
 */
export function readService(text: string, values: ServiceSources): ServiceDefinition {
  const document = parseServerlessFile(text);
  const resolve = createResolver(withTemplateValues({ ...values, document }, values.templateValues));
  const notEmulated: string[] = [];
  const read = (path: string[]) => resolve(at(document, path), path.join('.'));
  if (String(read(['provider', 'httpApi', 'payload']) ?? '2.0') !== '2.0') {
    throw new ServerlessFileError('provider.httpApi.payload: only 2.0 is emulated');
  }
  const authorizers = readAuthorizers(
    read(['provider', 'httpApi', 'authorizers']),
    values.jwksOrigin ?? null,
  );
  const prefix = `${read(['service'])}-${values.stage}-`;
  const functions = Object.entries((at(document, ['functions']) ?? {}) as Record<string, unknown>).map(
    ([key, raw]) => readFunction(key, raw, { prefix, document, resolve, authorizers, notEmulated }),
  );
  refuseDuplicates(functions.flatMap(({ routes }) => routes.map(({ routeKey }) => routeKey)));
  return { functions, cors: readCors(read(['provider', 'httpApi', 'cors'])), notEmulated };
}

function withTemplateValues(sources: ValueSources, templateValues?: TemplateValuesFrom): ValueSources {
  if (!templateValues) return sources;
  const resolve = createResolver(sources);
  const { references, conditions } = templateValues((name) => {
    const value = resolve(`\${param:${name}, null}`, `params.${name}`) ?? null;
    return value === null ? null : String(value);
  });
  return {
    ...sources,
    references: { ...sources.references, ...references },
    conditions: { ...sources.conditions, ...conditions },
  };
}

interface Reading {
  readonly prefix: string;
  readonly document: unknown;
  readonly resolve: Resolve;
  readonly authorizers: Authorizers;
  readonly notEmulated: string[];
}

function readFunction(key: string, raw: unknown, reading: Reading): FunctionDefinition {
  const subject = `function ${key}`;
  const refused = REFUSED_KEYS.find((name) => at(raw, [name]) !== undefined);
  if (refused) throw new ServerlessFileError(`${subject}, ${refused}: not emulated`);
  const own = (name: string) => reading.resolve(at(raw, [name]), `${subject}, ${name}`);
  const shared = (name: string) =>
    reading.resolve(at(reading.document, ['provider', name]), `provider.${name}`);
  const handler = own('handler');
  if (typeof handler !== 'string' || !basename(handler).includes('.')) {
    throw new ServerlessFileError(
      `${subject}, handler: must be a file and an export, as in dist/x/index.handler`,
    );
  }
  return {
    key,
    name: String(own('name') ?? `${reading.prefix}${key}`),
    handler,
    timeoutSeconds: positive(
      own('timeout') ?? shared('timeout') ?? DEFAULT_TIMEOUT_SECONDS,
      subject,
      'timeout',
    ),
    memorySizeMb: positive(
      own('memorySize') ?? shared('memorySize') ?? DEFAULT_MEMORY_SIZE_MB,
      subject,
      'memorySize',
    ),
    environment: {
      ...readEnvironment(shared('environment'), 'provider'),
      ...readEnvironment(own('environment'), subject),
    },
    ...readConcurrency(own, subject),
    routes: readRoutes(own('events'), subject, reading),
  };
}

function readEnvironment(raw: unknown, subject: string): Record<string, string> {
  // Null takes a variable out again (serverless.yml reference, `environment`).
  const entries = Object.entries(raw ?? {}).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (typeof value === 'object') {
        throw new ServerlessFileError(`${subject}, environment.${name}: must be a text`);
      }
      return [name, String(value)];
    }),
  );
}

function positive(value: unknown, subject: string, key: string): number {
  const number = Number(value);
  if (number > 0) return number;
  throw new ServerlessFileError(`${subject}, ${key}: must be a positive number`);
}

function refuseDuplicates(routeKeys: readonly string[]): void {
  const twice = routeKeys.find((routeKey, index) => routeKeys.indexOf(routeKey) !== index);
  if (twice) throw new ServerlessFileError(`the route ${twice} is there twice`);
}
