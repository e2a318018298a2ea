import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** A function as the packaged template describes it. */
export interface PackagedFunction {
  /** Its key in serverless.yml, which is the zip's name too. */
  readonly name: string;
  readonly functionName: string;
  readonly handler: string;
  /** Lambda's identifier, for example `nodejs24.x`. */
  readonly runtime: string;
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** Where the template is said to be deployed: AWS's documentation account, which nobody owns. */
export const DEPLOYMENT = { region: 'eu-west-1', accountId: '123456789012' } as const;

interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: FunctionProperties }>
  >;
}

interface FunctionProperties {
  readonly Code: { readonly S3Key: string };
  readonly FunctionName: string;
  readonly Handler: string;
  readonly Runtime: string;
  readonly MemorySize: number;
  readonly Timeout: number;
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
}

/** Reads the functions of a packaged template. */
export function readFunctions(file: string): PackagedFunction[] {
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
  return Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => ({
      name: basename(Properties.Code.S3Key, '.zip'),
      functionName: Properties.FunctionName,
      handler: Properties.Handler,
      runtime: Properties.Runtime,
      memorySizeMb: Properties.MemorySize,
      timeoutSeconds: Properties.Timeout,
      environment: Object.fromEntries(
        Object.entries(Properties.Environment?.Variables ?? {}).map(([name, value]) => [
          name,
          String(resolve(value, template)),
        ]),
      ),
    }));
}

/** @throws Error for an intrinsic function or a reference whose value this deployment does not know. */
function resolve(written: unknown, template: Template): unknown {
  if (typeof written !== 'object' || written === null) return written;
  const [[intrinsic, argument] = ['', undefined]] = Object.entries(written);
  const values = () => (argument as unknown[]).map((item) => resolve(item, template));
  switch (intrinsic) {
    case 'Ref':
      return referenceValue(String(argument), template);
    case 'Fn::If': {
      const [condition, yes, no] = argument as [string, unknown, unknown];
      const rule = template.Conditions?.[condition];
      if (rule === undefined) throw new Error(`the template has no condition ${condition}`);
      return resolve(resolve(rule, template) ? yes : no, template);
    }
    case 'Fn::Equals':
      return new Set(values()).size === 1;
    case 'Fn::Not':
      return !values()[0];
    default:
      throw new Error(`${JSON.stringify(written)} has no value here: test/package/support/template.ts`);
  }
}

function referenceValue(name: string, template: Template): string {
  if (name === 'AWS::AccountId') return DEPLOYMENT.accountId;
  if (name === 'AWS::Region') return DEPLOYMENT.region;
  const value = template.Parameters?.[name]?.Default;
  if (value === undefined) throw new Error(`Ref ${name} has no value here: test/package/support/template.ts`);
  return value;
}
