/** The constraints of a request member, as the service model writes them. */
export type Shape = StringShape | IntegerShape | ListShape | MapShape | StructureShape;

export interface StringShape {
  readonly type: 'string';
  /** Unicode code points. */
  readonly min?: number;
  readonly max?: number;
  /** A regular expression that the whole value has to match. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** A 32-bit integer. */
export interface IntegerShape {
  readonly type: 'integer';
  readonly min: number;
  readonly max: number;
}

export interface ListShape {
  readonly type: 'list';
  readonly member: Shape;
  readonly max?: number;
}

export interface MapShape {
  readonly type: 'map';
  readonly key: StringShape;
  readonly value: StringShape;
  readonly max?: number;
  /** Bytes of the whole map, counted by `totalBytes`. Documented in prose only, so not in the service model. */
  readonly maxTotalBytes?: number;
  readonly totalBytes?: (map: Readonly<Record<string, string>>) => number;
}

export interface StructureShape {
  readonly type: 'structure';
  readonly required: readonly string[];
  readonly members: Readonly<Record<string, Shape>>;
}
