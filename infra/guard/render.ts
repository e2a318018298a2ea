import { list } from './template.ts';

/**
 * Writes a value with its intrinsic functions as one text, so that two ways of writing the same compare equal:
 * `!Ref Room` as `${Room}`, `!GetAtt Room.Arn` as `${Room.Arn}`, `!Sub` and `!Join` as the text they make, `!If`, `!Select` and
 * `!Split` as `${if(…)}`, `${select(…)}` and `${split(…)}`. A text that only looks like one of them does not: its `${` becomes
 * `${!`.
 */
export function render(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll('${', '${!');
  if (Array.isArray(value)) return `[${value.map(render).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length > 0) return JSON.stringify(value);
  switch (name) {
    case 'Ref':
      return `\${${argument}}`;
    case 'Fn::GetAtt':
      return `\${${list(argument).join('.')}}`;
    case 'Fn::Join':
      return joined(argument);
    case 'Fn::Sub':
      return substituted(argument);
    case 'Fn::If':
    case 'Fn::Select':
    case 'Fn::Split':
      return `\${${name.slice(4).toLowerCase()}(${list(argument).map(render).join('; ')})}`;
    default:
      return JSON.stringify(value);
  }
}

function joined(argument: unknown): string {
  const [separator, parts] = list(argument);
  return list(parts).map(render).join(String(separator));
}

function substituted(argument: unknown): string {
  const [text, variables = {}] = list(argument) as [unknown, Record<string, unknown>?];
  return String(text).replace(/\$\{(\w+)\}/g, (whole, variable: string) =>
    Object.hasOwn(variables, variable) ? render(variables[variable]) : whole,
  );
}
