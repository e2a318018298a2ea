import { beforeAll, describe, expect, it } from 'vitest';
import { operationsOf, ROWS, rowsOf } from '../../support/fault-rows.ts';
import { useStack } from '../../support/stack.ts';
import { CALLS, type Caller, createCaller } from './support/calls.ts';
import { expectFaultAndRecovery } from './support/outcome.ts';

// The good answers among the rows are of a session of an hour, which must not be longer than what was asked for.
const current = useStack({ parameters: { sessionMinutes: '75' } });
let caller: Caller;
beforeAll(async () => {
  caller = await createCaller(current());
});

/** Rows, or the part of them, that wait for rooms to be created through the API. */
const LEFT_TO_THE_ROOMS_API = ['throttle-unmodelled-on-create', 'quota', 'conflict'];

/** The stand-in cannot play these: refused-address.test.ts, unknown-name.test.ts and certificate.test.ts do. */
const ADDRESS_ROWS = ['never-accepts', 'refused', 'dns-failure', 'tls-bad-cert'];

describe('the rows about IVS Chat', () => {
  it('are all run, but for what is about creating rooms', () => {
    const run = (['answer', 'connection', 'address'] as const).flatMap(rowsOf);
    const aboutRooms = ROWS.filter(({ ops }) => ops.includes('CreateRoom')).map(({ id }) => id);

    expect(aboutRooms).toEqual(LEFT_TO_THE_ROOMS_API);
    expect(ROWS.filter((row) => !run.includes(row)).map(({ id }) => id)).toEqual(['conflict']);
    expect(rowsOf('address').map(({ id }) => id)).toEqual(ADDRESS_ROWS);
    for (const row of run) for (const operation of operationsOf(row)) expect(CALLS).toHaveProperty(operation);
  });
});

describe('an answer of IVS Chat', () => {
  it.each(rowsOf('answer').map((row) => [row.id, row] as const))(
    '%s becomes what the row expects, and nothing of it stays',
    async (_id, row) => expectFaultAndRecovery(current(), caller, row),
  );
});
