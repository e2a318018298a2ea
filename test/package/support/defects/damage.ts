/** A template that can be damaged: everything in it may be anything. */
// biome-ignore lint/suspicious/noExplicitAny: a defect reaches into whatever is there.
export type Damageable = Record<'Resources' | 'Parameters' | 'Conditions' | 'Outputs', Record<string, any>> &
  Record<string, unknown>;

export type Damage = (template: Damageable) => void;

/** Defects by the name of the rule that has to find each, and by what is wrong. */
export type Seeds = Readonly<Record<string, Readonly<Record<string, Damage>>>>;

export const REVIEW = 'ReviewDashmessageLambdaFunction';
export const TOKENS = 'TokensLambdaFunction';

export const properties = (template: Damageable, id: string) => template.Resources[id].Properties;

/** Writes a property, or one that lies deeper; `undefined` takes it away. */
export const property =
  (id: string, path: readonly string[], value: unknown): Damage =>
  (template) =>
    write(properties(template, id), path, value);

/** Writes what stands beside the properties, such as DeletionPolicy; `undefined` takes it away. */
export const attribute =
  (id: string, name: string, value: unknown): Damage =>
  ({ Resources }) =>
    write(Resources[id], [name], value);

/** Writes something else than a resource; `undefined` takes it away. */
export const entry =
  (path: readonly [section: string, ...string[]], value: unknown): Damage =>
  (template) =>
    write(template, path, value);

export const resource =
  (id: string, Type: string, Properties: object): Damage =>
  ({ Resources }) => {
    Resources[id] = { Type, Properties };
  };

export const without =
  (...ids: string[]): Damage =>
  ({ Resources }) => {
    for (const id of ids) delete Resources[id];
  };

/** `value`, or nothing of it: a way to hide either from who looks for a plain value. */
export const sometimes = (value: unknown) => ({
  'Fn::If': ['CreateRoom', value, { Ref: 'AWS::NoValue' }],
});

// biome-ignore lint/suspicious/noExplicitAny: see above.
function write(holder: any, path: readonly string[], value: unknown): void {
  const [key = '', ...deeper] = path;
  if (deeper.length > 0) write(holder[key], deeper, value);
  else if (value === undefined) delete holder[key];
  else holder[key] = value;
}
