/** Deeper than anything Cognito signs. */
const MAX_DEPTH = 16;

/**
 * Parses JSON and refuses what readers disagree about: an object with the same member twice (RFC 8259, section 4).
 *
 * @returns the parsed object.
 * @throws SyntaxError when the text is not a JSON object, names a member twice, or nests deeper than 16 levels.
 */
export function parseStrictJsonObject(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SyntaxError('not a JSON object');
  }
  refuseRepeatedMembers(text);
  return value as Readonly<Record<string, unknown>>;
}

/** A string, or one of the characters that open, close and separate. Everything else in valid JSON can be skipped. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/** Walks text that is known to be valid JSON. */
function refuseRepeatedMembers(text: string): void {
  /** One entry per open bracket: the member names of an object, undefined for an array. */
  const open: (Set<string> | undefined)[] = [];
  let lastString = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined);
      if (open.length > MAX_DEPTH) throw new SyntaxError('nested too deeply');
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ':') addMember(open.at(-1), lastString);
    else lastString = token;
  }
}

function addMember(names: Set<string> | undefined, quotedName: string): void {
  // Two spellings of one name ("a" and "\u0061") are the same member, so names are compared decoded.
  const name = JSON.parse(quotedName) as string;
  if (names?.has(name)) throw new SyntaxError('a member is named twice');
  names?.add(name);
}
