import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';

/** What a table of infra/storage.yml gives to CreateTable. */
export interface TableDefinition {
  /** Members of CreateTable, TableName apart. */
  readonly request: Readonly<Record<string, unknown>>;
  /** Properties of the template that the local table does not have. */
  readonly leftOut: readonly string[];
}

type Part = Readonly<Record<string, unknown>>;

/** Properties of AWS::DynamoDB::Table that mean the same in CreateTable. */
const COPIED = ['AttributeDefinitions', 'KeySchema', 'BillingMode', 'GlobalSecondaryIndexes'];

/** Properties that dynalite has no counterpart for. None of them changes what a read or a write answers. */
const LEFT_OUT: readonly string[] = [
  'DeletionProtectionEnabled',
  'PointInTimeRecoverySpecification',
  'SSESpecification',
  'TimeToLiveSpecification',
];

const RESOURCE_KEYS = ['Type', 'Properties', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy'];
const INDEX_KEYS = ['IndexName', 'KeySchema', 'Projection'];

/**
 * Reads `Resources.Table` of a CloudFormation template.
 *
 * @throws Error naming whatever this translation does not know, CloudFormation functions included.
 */
export async function readTableDefinition(file: string): Promise<TableDefinition> {
  const document = parseDocument(await readFile(file, 'utf8'));
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw new Error(`${file}: ${problem.message}`);
  const table = part(
    part(part(document.toJS(), file).Resources, `${file}: Resources`).Table,
    `${file}: Table`,
  );
  if (table.Type !== 'AWS::DynamoDB::Table') throw new Error(`${file}: Table is no AWS::DynamoDB::Table`);
  allowOnly(table, RESOURCE_KEYS, `${file}: Table`);
  const properties = part(table.Properties, `${file}: Properties`);
  allowOnly(properties, [...COPIED, ...LEFT_OUT], `${file}: Properties`);
  for (const index of (properties.GlobalSecondaryIndexes ?? []) as unknown[]) {
    allowOnly(part(index, `${file}: an index`), INDEX_KEYS, `${file}: an index`);
  }
  return {
    request: Object.fromEntries(
      COPIED.flatMap((name) => (name in properties ? [[name, properties[name]]] : [])),
    ),
    leftOut: LEFT_OUT.filter((name) => name in properties),
  };
}

function part(value: unknown, where: string): Part {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${where} is not a mapping`);
  }
  return value as Part;
}

function allowOnly(value: Part, allowed: readonly string[], where: string): void {
  const unknown = Object.keys(value).find((name) => !allowed.includes(name));
  if (unknown !== undefined) {
    throw new Error(`${where}: ${unknown} is not known to the local DynamoDB (infra/local/dynamodb)`);
  }
}
