/** What a caller names a function by (Lambda API reference, Invoke, `FunctionName`). */
export interface FunctionReference {
  readonly name: string;
  readonly qualifier: string | null;
}

/** Full ARN, partial ARN (`123456789012:function:name`) or name, each with an optional qualifier. */
const FORMS =
  /^(?:(?:arn:aws:lambda:(?<region>[a-z0-9-]+):)?(?<account>\d{12}):function:)?(?<name>[a-zA-Z0-9-_]{1,64})(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]{1,128}))?$/;

/** @returns null for what names no function of this region and account. */
export function parseFunctionName(text: string, region: string, accountId: string): FunctionReference | null {
  const groups = FORMS.exec(text)?.groups;
  if (!groups?.name) return null;
  if (groups.region !== undefined && groups.region !== region) return null;
  if (groups.account !== undefined && groups.account !== accountId) return null;
  return { name: groups.name, qualifier: groups.qualifier ?? null };
}
