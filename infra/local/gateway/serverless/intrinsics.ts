import { ServerlessFileError } from './document.ts';

type References = Readonly<Record<string, string>>;
type ResolveArgument = (argument: unknown, isTemplate: boolean) => unknown;
type Intrinsic = (argument: unknown, refer: (name: string) => string, resolve: ResolveArgument) => unknown;

/** The intrinsic functions whose value can be known without a deployed stack (CloudFormation template reference). */
const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', (name, refer) => refer(String(name))],
  ['Fn::GetAtt', (path, refer) => refer(Array.isArray(path) ? path.join('.') : String(path))],
  ['Fn::Join', (argument, _refer, resolve) => join(resolve(argument, false))],
  ['Fn::Sub', (argument, refer, resolve) => substitute(argument, refer, resolve)],
]);

/**
 * @returns the value of `{Ref: …}` or `{'Fn::…': …}`; undefined when the object is neither.
 * @throws ServerlessFileError for a reference without a value and for functions that are not emulated.
 */
export function resolveIntrinsic(
  value: object,
  references: References,
  resolve: ResolveArgument,
  where: string,
): unknown {
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  const [name, argument] = entry;
  if (name !== 'Ref' && !name.startsWith('Fn::')) return undefined;
  const intrinsic = INTRINSICS.get(name);
  if (!intrinsic) throw new ServerlessFileError(`${where}: ${name} is not emulated`);
  const refer = (reference: string) => {
    const found = Object.hasOwn(references, reference) ? references[reference] : undefined;
    if (found === undefined) throw new ServerlessFileError(`${where}: ${name} ${reference} has no value`);
    return found;
  };
  return intrinsic(argument, refer, resolve);
}

function join(argument: unknown): string {
  const [delimiter, items] = argument as [string, unknown[]];
  return items.join(delimiter);
}

function substitute(argument: unknown, refer: (name: string) => string, resolve: ResolveArgument): string {
  const [template, values] = Array.isArray(argument) ? argument : [argument, {}];
  const own = (resolve(values ?? {}, false) ?? {}) as Record<string, unknown>;
  // `${!Literal}` is how a template writes a `${Literal}` that is not to be replaced.
  return String(resolve(template, true)).replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal, name: string) => {
    if (literal) return `\${${name}}`;
    return Object.hasOwn(own, name) ? String(own[name]) : refer(name);
  });
}
