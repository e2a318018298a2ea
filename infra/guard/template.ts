/** A resource of a packaged CloudFormation template. Values may be intrinsic functions wherever CloudFormation allows them. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A packaged CloudFormation template, as far as the rules look at it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
}

/** A resource with its logical id. */
export interface Named {
  readonly id: string;
  readonly resource: Resource;
  /** Empty when the resource has none. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export function ofType({ Resources }: Template, type: string): readonly Named[] {
  return Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, resource]) => ({ id, resource, properties: resource.Properties ?? {} }));
}

/** The functions that we deploy, with their keys in serverless.yml. */
export function functionsOf(template: Template): readonly (Named & { readonly key: string })[] {
  return ofType(template, 'AWS::Lambda::Function').map((named) => ({
    ...named,
    key: /^dist\/([^/]+)\/index\.handler$/.exec(String(named.properties.Handler))?.[1] ?? named.id,
  }));
}

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

/**
 * Writes a value with its intrinsic functions as one text, so that two ways of writing the same compare equal:
 * `!Ref Room` as `${Room}`, `!GetAtt Room.Arn` as `${Room.Arn}`, `!Sub` and `!Join` as the text they make, `!If` as `if(…)`.
 */
export function render(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[name, argument] = ['', undefined]] = Object.entries(value);
  switch (name) {
    case 'Ref':
      return `\${${argument}}`;
    case 'Fn::GetAtt':
      return `\${${list(argument).join('.')}}`;
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map(render).join(separator);
    }
    case 'Fn::Sub': {
      const [text, variables] = list(argument) as [string, Record<string, unknown>?];
      return text.replace(/\$\{(\w+)\}/g, (whole, variable: string) =>
        variables && Object.hasOwn(variables, variable) ? render(variables[variable]) : whole,
      );
    }
    case 'Fn::If':
      return `if(${list(argument).map(render).join('; ')})`;
    default:
      return JSON.stringify(value);
  }
}
