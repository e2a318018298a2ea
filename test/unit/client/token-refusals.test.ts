import { describe, expect, it } from 'vitest';
import { refusalOf, START, useRigs } from './support/provider.ts';
import { problem } from './support/tokens-api.ts';

const rig = useRigs();

const HOUR_MS = 3_600_000;

describe('a ban', () => {
  it.each(['banned', 'user-banned', 'ban'])(
    'with the code %s costs one call, however often the SDK asks',
    async (code) => {
      const { provider, api, waits, errors } = await rig([problem(403, code)]);

      for (let call = 0; call < 4; call += 1) {
        expect(await refusalOf(provider())).toMatchObject({ code, status: 403 });
      }

      expect(api.requests).toHaveLength(1);
      expect(waits).toEqual([]);
      expect(errors).toEqual([code, code, code, code]);
    },
  );

  it.each([
    ['expiresAt', { expiresAt: new Date(START + HOUR_MS).toISOString() }],
    [
      'retryAfterSeconds, whatever expiresAt says',
      { retryAfterSeconds: 3600, expiresAt: '2020-01-01T00:00:00Z' },
    ],
  ])('holds until %s', async (_title, members) => {
    const { provider, api, time } = await rig([problem(403, 'banned', members)]);

    await refusalOf(provider());
    time.now = START + HOUR_MS - 1;
    await refusalOf(provider());
    expect(api.requests).toHaveLength(1);

    time.now = START + HOUR_MS + 1;
    expect((await provider()).token).toBe('token-2');
  });

  it('without an end holds for good, also for another access token, until reset()', async () => {
    let accessToken = 'access-1';
    const { provider, api, time } = await rig([problem(403, 'banned')], {
      getAccessToken: () => accessToken,
    });

    await refusalOf(provider());
    time.now += 1000 * HOUR_MS;
    accessToken = 'access-2';
    await refusalOf(provider());
    expect(api.requests).toHaveLength(1);

    provider.reset();
    expect((await provider()).token).toBe('token-2');
  });
});

describe('a 401', () => {
  it('holds until there is another access token', async () => {
    let accessToken = 'access-1';
    const { provider, api, time } = await rig([problem(401, 'invalid-token')], {
      getAccessToken: () => accessToken,
    });

    await refusalOf(provider());
    time.now += HOUR_MS;
    expect((await refusalOf(provider())).code).toBe('invalid-token');
    expect(api.requests).toHaveLength(1);

    accessToken = 'access-2';
    expect((await provider()).token).toBe('token-2');
  });
});

describe('any other refusal', () => {
  it.each([
    [400, 'display-name-refused'],
    [403, 'role-too-low'],
    [404, 'room-not-found'],
    [403, 'urban-legend'],
    [404, 'banned'],
  ])('%i %s spares the API the repeats, and is asked again later', async (status, code) => {
    const { provider, api, time } = await rig([problem(status, code)]);

    for (let call = 0; call < 4; call += 1) expect((await refusalOf(provider())).code).toBe(code);
    expect(api.requests).toHaveLength(1);

    time.now += 10_001;
    expect((await provider()).token).toBe('token-2');
  });
});
