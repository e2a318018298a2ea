import { describe, expect, it } from 'vitest';
import { parseDenial } from '../../../lib/client/index.ts';
import { DENIAL_CODES, type DenialCode, formatReason } from '../../../lib/moderation/denial-codes.ts';

const error = (errorMessage: unknown, errorCode: unknown = 406) => ({
  id: 'IG5mcmlvdGlv',
  requestId: 'r',
  errorCode,
  errorMessage,
});

describe('parseDenial', () => {
  it.each([
    ['blocked-term', { code: 'blocked-term' }],
    ['links_2', { code: 'links_2' }],
    ['slow-mode;retry-after=12', { code: 'slow-mode', retryAfterSeconds: 12 }],
    ['slow-mode;retry-after=0', { code: 'slow-mode', retryAfterSeconds: 0 }],
  ])('reads %s', (message, denial) => {
    expect(parseDenial(error(message))).toEqual(denial);
  });

  it.each(Object.keys(DENIAL_CODES) as DenialCode[])('reads what review writes for %s', (code) => {
    expect(parseDenial(error(formatReason(code)))).toEqual({ code });
    expect(parseDenial(error(formatReason(code, 2.5)))).toEqual({ code, retryAfterSeconds: 3 });
  });

  it.each([
    ['a 406 that review did not give a reason for', error('Message rejected by review')],
    ['an empty reason', error('')],
    ['a wait that is no number', error('slow-mode;retry-after=soon')],
    ['a negative wait', error('slow-mode;retry-after=-1')],
    ['a further part', error('slow-mode;retry-after=1;x=2')],
    ['a line break at the end', error('slow-mode\n')],
    ['an endless code', error('a'.repeat(65))],
    ['another error code', error('blocked-term', 403)],
    ['a code as text', error('blocked-term', '406')],
    ['a message that is no text', error({})],
    ['null', null],
    ['undefined', undefined],
    ['text', 'blocked-term'],
    ['an Error', new Error('blocked-term')],
  ])('finds none in %s', (_title, value) => {
    expect(parseDenial(value)).toBeUndefined();
  });
});
