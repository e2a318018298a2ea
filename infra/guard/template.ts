/** A resource of a packaged CloudFormation template. Values may be intrinsic functions wherever CloudFormation allows them. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A packaged CloudFormation template, as far as the rules look at it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value?: unknown }>>;
}

/** A resource with its logical id. */
export interface Named {
  readonly id: string;
  readonly resource: Resource;
  /** Empty when the resource has none. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A function that we deploy, with its key in serverless.yml. */
export type NamedFunction = Named & { readonly key: string };

export function ofType({ Resources }: Template, type: string): readonly Named[] {
  return Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, resource]) => ({ id, resource, properties: resource.Properties ?? {} }));
}

/** The functions that we deploy; one whose handler is none of ours has its logical id as its key. */
export function functionsOf(template: Template): readonly NamedFunction[] {
  return ofType(template, 'AWS::Lambda::Function').map((named) => ({
    ...named,
    key: /^dist\/([^/]+)\/index\.handler$/.exec(String(named.properties.Handler))?.[1] ?? named.id,
  }));
}

/** The function that IVS Chat asks about messages. */
export const reviewHandlerOf = (template: Template): NamedFunction | undefined =>
  functionsOf(template).find(({ key }) => key === 'review-message');

export function dependenciesOf({ DependsOn = [] }: Resource): readonly string[] {
  return typeof DependsOn === 'string' ? [DependsOn] : DependsOn;
}

/** @returns what is found under the keys, one below the other; undefined where one is missing. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (holder, key) =>
      typeof holder === 'object' && holder !== null ? (holder as Record<string, unknown>)[key] : undefined,
    value,
  );
}

export function list(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
