/** One `${…}` of a text: the alternatives between its commas, the first that has a value wins. */
export interface Variable {
  readonly alternatives: readonly string[];
  /** The variable as it was written, for error messages. */
  readonly written: string;
}

/** `source:address`. CloudFormation's own `${AWS::Region}` and `${Logical}` do not match and are left for `Fn::Sub`. */
const SOURCE = /^\s*([a-zA-Z]+)(?:\([^)]*\))?:(?!:)/;

/** Splits a text into literal parts and variables; quoted and nested `${…}` stay inside their variable. */
export function splitVariables(text: string): (string | Variable)[] {
  const parts: (string | Variable)[] = [];
  let literal = '';
  for (let index = 0; index < text.length; ) {
    const end = text.startsWith('${', index) ? endOfVariable(text, index) : -1;
    const inner = end < 0 ? '' : text.slice(index + 2, end);
    if (SOURCE.test(inner)) {
      if (literal) parts.push(literal);
      literal = '';
      parts.push({ alternatives: splitAlternatives(inner), written: text.slice(index, end + 1) });
      index = end + 1;
    } else literal += text[index++];
  }
  if (literal) parts.push(literal);
  return parts;
}

/** @returns the index of the brace that closes the variable at `start`, or -1. */
function endOfVariable(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    if (text.startsWith('${', index)) depth += 1;
    else if (text[index] === '}') depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}

function splitAlternatives(inner: string): string[] {
  const alternatives = [''];
  let depth = 0;
  let quote = '';
  for (const character of inner) {
    if (quote) quote = character === quote ? '' : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if (character === ',' && depth === 0 && !quote) alternatives.push('');
    else alternatives[alternatives.length - 1] += character;
  }
  return alternatives.map((alternative) => alternative.trim());
}
