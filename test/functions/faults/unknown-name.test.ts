import { expect, it } from 'vitest';
import { operationsOf, rowCalled } from '../../support/fault-rows.ts';
import { useStack } from '../../support/stack.ts';
import { createCaller } from './support/calls.ts';
import { expectAsRowSays, timedCall } from './support/outcome.ts';

// A label of 64 characters is refused by the resolver itself: no name server is asked.
const NAME = `${'x'.repeat(64)}.invalid`;

const current = useStack({ environment: { AWS_ENDPOINT_URL_IVSCHAT: `http://${NAME}` } });

it('a name of IVS Chat without an address: dns-failure becomes what the row expects', async () => {
  const row = rowCalled('dns-failure');
  const caller = await createCaller(current());
  for (const operation of operationsOf(row)) {
    const outcome = await timedCall(caller, operation);
    await expectAsRowSays(current(), row, operation, outcome);
    expect(JSON.stringify(outcome.answer.body)).not.toMatch(/xxxx|invalid/);
  }
  expect(current().functionLogs.join('\n')).not.toContain(NAME);
});
