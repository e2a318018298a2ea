import { beforeAll, describe, expect, it } from 'vitest';
import { operationsOf, rowCalled } from '../../support/fault-rows.ts';
import { useStack } from '../../support/stack.ts';
import { type Address, takeAddress } from './support/address.ts';
import { CALLS, type Caller, createCaller, OPERATIONS } from './support/calls.ts';
import { expectAsRowSays, timedCall } from './support/outcome.ts';

let address: Address;
const current = useStack(async () => {
  address = await takeAddress();
  return { environment: { AWS_ENDPOINT_URL_IVSCHAT: address.origin } };
});
let caller: Caller;
beforeAll(async () => {
  caller = await createCaller(current());
  return () => address.close();
});

/** Makes every call of a row at once. */
async function expectRow(id: string): Promise<void> {
  const row = rowCalled(id);
  const check = async (operation: keyof typeof CALLS) => {
    const outcome = await timedCall(caller, operation);
    await expectAsRowSays(current(), row, operation, outcome);
    expect(JSON.stringify(outcome.answer.body)).not.toContain('127.0.0.1');
  };
  await Promise.all(operationsOf(row).map(check));
}

async function expectRecovery(): Promise<void> {
  await address.forwardTo(Number(new URL(current().description.ivsChatEndpoint).port));
  for (const operation of OPERATIONS) {
    expect((await caller.call(operation)).status, operation).toBe(CALLS[operation].status);
  }
}

describe('an address where IVS Chat is not', () => {
  it('refused becomes what the row expects, and nothing of it stays', async () => {
    await address.close();
    await expectRow('refused');
    await expectRecovery();
  });

  it('never-accepts becomes what the row expects, and nothing of it stays', async () => {
    const end = await address.neverAccept();
    await expectRow('never-accepts');
    const { waiting, established } = await end();
    expect(established).toBeLessThan(waiting);
    await expectRecovery();
  });
});
