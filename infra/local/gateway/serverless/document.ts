import { type CollectionTag, parseDocument, type ScalarTag, type YAMLMap, type YAMLSeq } from 'yaml';

/** serverless.yml cannot be emulated as written. The message names the function and the key. */
export class ServerlessFileError extends Error {
  override readonly name = 'ServerlessFileError';
}

/** CloudFormation's short forms that serverless.yml may use, with the long form that each one stands for. */
const SHORT_FORMS: readonly (readonly [tag: string, longForm: string])[] = [
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...[
    'And',
    'Base64',
    'Cidr',
    'Equals',
    'FindInMap',
    'GetAtt',
    'GetAZs',
    'If',
    'ImportValue',
    'Join',
    'Not',
    'Or',
    'Select',
    'Split',
    'Sub',
  ].map((name) => [`!${name}`, `Fn::${name}`] as const),
];

/**
 * Parses serverless.yml, CloudFormation's short forms turned into their long ones (`!Ref X` into `{Ref: 'X'}`).
 *
 * @throws ServerlessFileError when the text is no YAML.
 */
export function parseServerlessFile(text: string): unknown {
  const document = parseDocument(text, { customTags: SHORT_FORMS.flatMap(tagsFor) });
  const [problem] = document.errors;
  if (problem) throw new ServerlessFileError(`serverless.yml: ${problem.message}`);
  return document.toJS();
}

function tagsFor([tag, longForm]: readonly [string, string]): (ScalarTag | CollectionTag)[] {
  const collection = (kind: 'map' | 'seq'): CollectionTag => ({
    tag,
    collection: kind,
    resolve: (node: YAMLMap.Parsed | YAMLSeq.Parsed) => ({ [longForm]: node.toJSON() }) as never,
  });
  return [{ tag, resolve: (value) => ({ [longForm]: value }) }, collection('seq'), collection('map')];
}
