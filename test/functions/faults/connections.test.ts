import { beforeAll, describe, it } from 'vitest';
import { rowsOf } from '../../support/fault-rows.ts';
import { useStack } from '../../support/stack.ts';
import { type Caller, createCaller } from './support/calls.ts';
import { expectFaultAndRecovery } from './support/outcome.ts';

const current = useStack();
let caller: Caller;
beforeAll(async () => {
  caller = await createCaller(current());
});

describe('a connection to IVS Chat', () => {
  it.each(rowsOf('connection').map((row) => [row.id, row] as const))(
    '%s becomes what the row expects, and nothing of it stays',
    async (_id, row) => expectFaultAndRecovery(current(), caller, row),
  );
});
