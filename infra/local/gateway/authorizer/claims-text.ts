/**
 * A token's claims as API Gateway hands them to functions: every value as text, `["a", "b"]` as `[a b]`, null left out.
 * The guide does not say so; people who measured it do (PARITY.md).
 */
export function claimsAsText(claims: Readonly<Record<string, unknown>>): Record<string, string> {
  const stated = Object.entries(claims).filter(([, value]) => value !== null);
  return Object.fromEntries(stated.map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
