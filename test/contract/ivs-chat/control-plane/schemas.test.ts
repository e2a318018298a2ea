import * as ivschat from '@aws-sdk/client-ivschat';
import { describe, expect, it } from 'vitest';
import { OPERATIONS, REFUSED_OPERATIONS } from '../../../../infra/local/ivs-chat/control-plane/operations.ts';

/** The client's runtime schema of an operation: `[9, namespace, name, { http: [method, uri, status] }, …]`. */
type OperationSchema = readonly [
  number,
  string,
  string,
  { readonly http: readonly [string, string, number] },
];

const schemas = Object.entries(ivschat)
  .filter(([name, value]) => /^[A-Z]\w+Command$/.test(name) && typeof value === 'function')
  .map(
    ([, Command]) =>
      new (Command as unknown as new (input: object) => { readonly schema: OperationSchema })({}).schema,
  )
  .map(([, , name, { http }]) => ({ name, method: http[0], uri: http[1], status: http[2] }));

describe("the AWS client's own operation schemas", () => {
  it('are 17', () => {
    expect(schemas).toHaveLength(17);
  });

  it('agree with the emulated operations on name, method, path and status', () => {
    const table = Object.entries(OPERATIONS).map(([name, { status }]) => ({
      name,
      method: 'POST',
      uri: `/${name}`,
      status,
    }));

    expect(schemas).toEqual(expect.arrayContaining(table));
    expect(table).toHaveLength(9);
  });

  it('name no operation that is neither emulated nor refused', () => {
    const known = new Set([...Object.keys(OPERATIONS), ...REFUSED_OPERATIONS.map(({ name }) => name)]);

    expect(schemas.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
    expect(known.size).toBe(17);
  });

  it('agree with the refused operations on name, method and path', () => {
    expect(schemas.map(({ status, ...route }) => route)).toEqual(
      expect.arrayContaining([...REFUSED_OPERATIONS]),
    );
  });
});
