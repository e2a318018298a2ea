import type { IntegerShape, ListShape, MapShape, Shape, StringShape, StructureShape } from './shape.ts';

/** One way in which a request misses its constraints. Values and map keys are never part of it. */
export interface Violation {
  /** Member names from the root of the request, for example `['messageReviewHandler', 'uri']`. */
  readonly path: readonly string[];
  /** `type`: the JSON type is wrong; `constraint`: the value is. */
  readonly kind: 'type' | 'constraint';
  /** What AWS's own server framework says about it. */
  readonly message: string;
}

/** A request read by its shape: known members only, null members left out. */
export interface Reading {
  readonly value: unknown;
  readonly violations: readonly Violation[];
}

type Path = readonly string[];
type Report = (violation: Violation) => void;

const INT32_MAX = 2 ** 31 - 1;

/** Reads a JSON value as `shape`, gathering every violation in the order of the shape. */
export function read(shape: Shape, raw: unknown): Reading {
  const violations: Violation[] = [];
  const value = readAs(shape, raw, [], (violation) => violations.push(violation));
  return { value, violations };
}

function readAs(shape: Shape, raw: unknown, path: Path, report: Report): unknown {
  switch (shape.type) {
    case 'string':
      return readString(shape, raw, path, report);
    case 'integer':
      return readInteger(shape, raw, path, report);
    case 'list':
      return readList(shape, raw, path, report);
    case 'map':
      return readMap(shape, raw, path, report);
    case 'structure':
      return readStructure(shape, raw, path, report);
  }
}

function readString(shape: StringShape, raw: unknown, path: Path, report: Report): unknown {
  if (typeof raw !== 'string') return mistyped('a string', path, report);
  reportLength([...raw].length, shape, path, report);
  if (shape.enum && !shape.enum.includes(raw)) {
    report(failed(path, `Member must satisfy enum value set: [${shape.enum.join(', ')}]`));
  }
  if (shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`, 'u').test(raw)) {
    report(failed(path, `Member must satisfy regular expression pattern: ${shape.pattern}`));
  }
  return raw;
}

function readInteger(shape: IntegerShape, raw: unknown, path: Path, report: Report): unknown {
  if (!Number.isInteger(raw) || Math.abs(raw as number) > INT32_MAX)
    return mistyped('an integer', path, report);
  const value = raw as number;
  if (value < shape.min || value > shape.max) {
    report(failed(path, `Member must be between ${shape.min} and ${shape.max}, inclusive`));
  }
  return value;
}

function readList(shape: ListShape, raw: unknown, path: Path, report: Report): unknown {
  if (!Array.isArray(raw)) return mistyped('a list', path, report);
  reportLength(raw.length, shape, path, report);
  return raw.map((item, index) => readAs(shape.member, item, [...path, String(index)], report));
}

function readMap(shape: MapShape, raw: unknown, path: Path, report: Report): unknown {
  if (!isObject(raw)) return mistyped('a map', path, report);
  const entries = Object.entries(raw);
  reportLength(entries.length, shape, path, report);
  for (const [key, value] of entries) {
    readString(shape.key, key, [...path, 'key'], report);
    readString(shape.value, value, [...path, 'value'], report);
  }
  const map = Object.fromEntries(entries) as Record<string, string>;
  const { maxTotalBytes, totalBytes } = shape;
  if (maxTotalBytes !== undefined && totalBytes && totalBytes(map) > maxTotalBytes) {
    report(failed(path, `Member must have a total size less than or equal to ${maxTotalBytes} bytes`));
  }
  return map;
}

function readStructure(shape: StructureShape, raw: unknown, path: Path, report: Report): unknown {
  if (!isObject(raw)) return mistyped('a structure', path, report);
  const value: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const given = Object.hasOwn(raw, name) ? raw[name] : null;
    if (given !== null) value[name] = readAs(member, given, [...path, name], report);
    else if (shape.required.includes(name)) report(failed([...path, name], 'Member must not be null'));
  }
  return value;
}

function reportLength(
  length: number,
  { min = 0, max = Number.POSITIVE_INFINITY }: { readonly min?: number; readonly max?: number },
  path: Path,
  report: Report,
): void {
  if (length >= min && length <= max) return;
  const allowed = min === 0 ? `less than or equal to ${max}` : `between ${min} and ${max}, inclusive`;
  const message = `Value with length ${length} at '${pointer(path)}' failed to satisfy constraint: Member must have length ${allowed}`;
  report({ path, kind: 'constraint', message });
}

function failed(path: Path, constraint: string): Violation {
  const message = `Value at '${pointer(path)}' failed to satisfy constraint: ${constraint}`;
  return { path, kind: 'constraint', message };
}

function mistyped(expected: string, path: Path, report: Report): undefined {
  report({ path, kind: 'type', message: `Value at '${pointer(path)}' is not ${expected}` });
}

function pointer(path: Path): string {
  return `/${path.join('/')}`;
}

function isObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}
