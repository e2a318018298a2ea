import { describe, expect, it } from 'vitest';
import { parseFaultRule } from '../../../infra/local/faults/parse-rule.ts';
import { FAULT_EXAMPLES, type Fault } from '../../../infra/local/faults/rule.ts';

describe('a fault rule from outside', () => {
  it.each([
    [null, 'JSON object'],
    [{ target: 'mars', fault: { mode: 'hang' } }, 'target must be one of'],
    [{ target: 'lambda' }, 'fault.mode must be one of'],
    [{ target: 'lambda', fault: { mode: 'explode' } }, 'fault.mode must be one of'],
    [{ target: 'lambda', fault: { mode: 'status', status: 99 } }, 'fault.status'],
    [{ target: 'lambda', fault: { mode: 'status', status: 200.5 } }, 'fault.status'],
    [{ target: 'lambda', fault: { mode: 'status', status: 200, headers: { 'bad name': 'x' } } }, 'bad name'],
    [
      { target: 'lambda', fault: { mode: 'status', status: 200, headers: { a: 'b\nc' } } },
      'Invalid character',
    ],
    [
      { target: 'lambda', fault: { mode: 'status', status: 200, headers: { 'retry-after': 60 } } },
      'must be a text',
    ],
    [{ target: 'lambda', fault: { mode: 'status', status: 200, headers: { a: null } } }, 'must be a text'],
    [{ target: 'lambda', fault: { mode: 'status', status: 200, headers: { a: ['b'] } } }, 'must be a text'],
    [{ target: 'lambda', fault: { mode: 'status', status: 200, headers: 'ab' } }, 'object of texts'],
    [{ target: 'lambda', fault: { mode: 'status', status: 200, headers: ['ab'] } }, 'object of texts'],
    [{ target: 'lambda', fault: { mode: 'status', status: 200, headers: null } }, 'object of texts'],
    [{ target: 'lambda', fault: { mode: 'status', status: 200, headers: { a: '{{NOW}}' } } }, '{{NOW+900s}}'],
    [
      { target: 'lambda', fault: { mode: 'status', status: 200, headers: { a: '{{NOW+9999999999s}}' } } },
      '{{NOW+900s}}',
    ],
    [{ target: 'lambda', fault: { mode: ['hang'] } }, 'fault.mode must be one of'],
    [{ target: 'lambda', fault: { mode: 'status', status: 200, headers: { Trailer: 'x' } } }, 'Trailer'],
    [{ target: 'lambda', fault: { mode: 'reset', when: 'afterwards' } }, 'fault.when'],
    [{ target: 'lambda', fault: { mode: 'delay', ms: 1, when: 'before' } }, 'fault.when'],
    [{ target: 'lambda', match: 7, fault: { mode: 'hang' } }, 'match'],
    [{ target: 'lambda', fault: { mode: 'delay', ms: -1 } }, 'fault.ms'],
    [{ target: 'lambda', fault: { mode: 'drip' } }, 'fault.ms'],
    [{ target: 'lambda', fault: { mode: 'drip', ms: 0 } }, 'fault.ms'],
    [{ target: 'lambda', fault: { mode: 'drip', ms: '5' } }, 'fault.ms'],
    [{ target: 'lambda', fault: { mode: 'hang', when: 'after' } }, 'fault.when'],
    [{ target: 'lambda', fault: { mode: 'truncate', ms: 5 } }, 'has no ms'],
    [{ target: 'lambda', fault: { mode: 'status', status: 200, text: 'x' } }, 'has no text'],
    [{ target: 'lambda', fault: { mode: 'toString' } }, 'fault.mode must be one of'],
    [{ target: 'lambda', operation: 'Invoke', fault: { mode: 'hang' } }, 'has no operation'],
    [{ target: 'lambda', fault: { mode: 'hang' }, times: 0 }, 'times'],
  ])('%j is refused', (raw, complaint) => {
    expect(() => parseFaultRule(raw)).toThrow(complaint);
  });

  it('is taken when it is right', () => {
    const rule = { target: 'lambda', match: 'review', times: 2, fault: { mode: 'reset', when: 'after' } };

    expect(parseFaultRule(rule)).toEqual(rule);
  });

  it.each(FAULT_EXAMPLES)('is what the control port says it is: %s', (example) => {
    const [, alternatives = ''] = /"([a-z]+(?:\|[a-z]+)+)"/.exec(example) ?? [];
    for (const one of alternatives.split('|')) {
      const fault = JSON.parse(example.replace(alternatives, one)) as Fault;
      expect(parseFaultRule({ target: 'lambda', fault }).fault).toEqual(fault);
    }
  });

  it('has its method in upper case, as requests have it', () => {
    const rule = { target: 'lambda', method: 'post', fault: { mode: 'hang' } };

    expect(parseFaultRule(rule).method).toBe('POST');
  });

  it('has the names of its headers in lower case, so that one is not sent twice', () => {
    const fault = { mode: 'status', status: 200, headers: { 'Content-Type': 'text/plain' } };

    expect(parseFaultRule({ target: 'lambda', fault }).fault).toEqual({
      ...fault,
      headers: { 'content-type': 'text/plain' },
    });
  });
});
