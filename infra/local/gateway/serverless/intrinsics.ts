import { ServerlessFileError } from './document.ts';

/** What intrinsic functions are resolved with. */
export interface IntrinsicContext {
  /** `!Ref X` by `X`, `!GetAtt X.Arn` by `X.Arn`. */
  readonly references: Readonly<Record<string, string>>;
  /** What `!If` decides by. */
  readonly conditions: Readonly<Record<string, boolean>>;
  /** Resolves an argument; a template may hold CloudFormation's own `${…}`. */
  readonly resolve: (argument: unknown, isTemplate: boolean) => unknown;
  /** Function and key, for the error message. */
  readonly where: string;
}

type Intrinsic = (argument: unknown, context: IntrinsicContext) => unknown;

/**
 * What `!Ref AWS::NoValue` resolves to, CloudFormation's pseudo parameter that takes the member or list item out which has it
 * as its value. No text, and not undefined: a variable that leads to it has a value.
 */
export const NO_VALUE = Symbol('AWS::NoValue');

/** The intrinsic functions whose value can be known without a deployed stack (CloudFormation template reference). */
const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  [
    'Ref',
    (name, context) => (name === NO_VALUE.description ? NO_VALUE : refer(String(name), 'Ref', context)),
  ],
  [
    'Fn::GetAtt',
    (path, context) => refer(Array.isArray(path) ? path.join('.') : String(path), 'Fn::GetAtt', context),
  ],
  ['Fn::Join', join],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', substitute],
  ['Fn::If', choose],
]);

/**
 * @returns the value of `{Ref: …}` or `{'Fn::…': …}`, {@link NO_VALUE} in it for `AWS::NoValue`; null when the object is neither.
 * @throws ServerlessFileError for references and conditions without a value and for functions that are not emulated.
 */
export function resolveIntrinsic(value: object, context: IntrinsicContext): { value: unknown } | null {
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return null;
  const [name, argument] = entry;
  if (name !== 'Ref' && !name.startsWith('Fn::')) return null;
  const intrinsic = INTRINSICS.get(name);
  if (!intrinsic) throw new ServerlessFileError(`${context.where}: ${name} is not emulated`);
  return { value: intrinsic(argument, context) };
}

function refer(reference: string, name: string, { references, where }: IntrinsicContext): string {
  const found = Object.hasOwn(references, reference) ? references[reference] : undefined;
  if (found === undefined) throw new ServerlessFileError(`${where}: ${name} ${reference} has no value`);
  return found;
}

/** @returns the arguments of a function that takes a list of them. */
function listed(argument: unknown, name: string, { resolve, where }: IntrinsicContext): unknown[] {
  const resolved = resolve(argument, false);
  if (Array.isArray(resolved)) return resolved;
  throw new ServerlessFileError(`${where}: ${name} takes a list`);
}

function join(argument: unknown, context: IntrinsicContext): string {
  const { where } = context;
  const [delimiter, items] = listed(argument, 'Fn::Join', context);
  if (!Array.isArray(items)) throw new ServerlessFileError(`${where}: Fn::Join joins a list`);
  return items.join(String(delimiter));
}

function select(argument: unknown, context: IntrinsicContext): unknown {
  const { where } = context;
  const [index, items] = listed(argument, 'Fn::Select', context);
  if (!Array.isArray(items) || items[Number(index)] === undefined) {
    throw new ServerlessFileError(`${where}: Fn::Select has no item ${index}`);
  }
  return items[Number(index)];
}

function split(argument: unknown, context: IntrinsicContext): string[] {
  const { where } = context;
  const [delimiter, text] = listed(argument, 'Fn::Split', context);
  if (typeof delimiter !== 'string' || typeof text !== 'string') {
    throw new ServerlessFileError(`${where}: Fn::Split takes a delimiter and a text`);
  }
  return text.split(delimiter);
}

function substitute(argument: unknown, context: IntrinsicContext): string {
  const [template, values] = Array.isArray(argument) ? argument : [argument, {}];
  const own = (context.resolve(values ?? {}, false) ?? {}) as Record<string, unknown>;
  const text = context.resolve(template, true);
  if (typeof text !== 'string') throw new ServerlessFileError(`${context.where}: Fn::Sub takes a text`);
  // `${!Literal}` is how a template writes a `${Literal}` that is not to be replaced.
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal, name: string) => {
    if (literal) return `\${${name}}`;
    return Object.hasOwn(own, name) ? String(own[name]) : refer(name, 'Fn::Sub', context);
  });
}

/** The branch that is not taken may hold what has no value here. */
function choose(argument: unknown, { conditions, resolve, where }: IntrinsicContext): unknown {
  if (!Array.isArray(argument) || argument.length !== 3) {
    const reason =
      'takes a condition and two values, written out: a variable that leads to them is not emulated';
    throw new ServerlessFileError(`${where}: Fn::If ${reason}`);
  }
  const [written, whenTrue, whenFalse] = argument as [unknown, unknown, unknown];
  const name = String(resolve(written, false));
  const condition = Object.hasOwn(conditions, name) ? conditions[name] : undefined;
  if (condition === undefined) throw new ServerlessFileError(`${where}: the condition ${name} is not known`);
  return resolve(condition ? whenTrue : whenFalse, false);
}
