import { expect, it } from 'vitest';
import { createChatTokens } from '../../../../infra/local/ivs-chat/chat-tokens.ts';
import { aGrant, createStillClock } from './chat-world.ts';

it('mints tokens that can be a WebSocket subprotocol, each different', () => {
  const tokens = createChatTokens({ clock: createStillClock() });
  const minted = Array.from({ length: 100 }, () => tokens.mint(aGrant('ann')).token);
  expect(new Set(minted).size).toBe(100);
  for (const token of minted) expect(token).toMatch(/^[A-Za-z0-9_-]{96}\.[A-Za-z0-9_-]{52}$/);
});

it('counts both times from the issue', () => {
  const clock = createStillClock();
  const token = createChatTokens({ clock }).mint({ ...aGrant('ann'), sessionDurationInMinutes: 5 });
  expect(token.tokenExpirationTime).toBe(clock.now() + 60_000);
  expect(token.sessionExpirationTime).toBe(clock.now() + 300_000);
});

it('redeems a token once, with what was asked for when it was minted', () => {
  const clock = createStillClock();
  const tokens = createChatTokens({ clock });
  const attributes: Record<string, string> = { name: 'Ann' };
  const { token, sessionExpirationTime } = tokens.mint({ ...aGrant('ann'), attributes });
  attributes.name = 'Eve';
  clock.advance(59_999);
  const grant = { ...aGrant('ann'), attributes: { name: 'Ann' } };
  expect(tokens.redeem(token)).toEqual({ ...grant, sessionExpirationTime });
  expect(tokens.redeem(token)).toBe('used');
});

it('tells expired tokens from unknown ones, and forgets old ones', () => {
  const clock = createStillClock();
  const tokens = createChatTokens({ clock });
  const { token } = tokens.mint(aGrant('ann'));
  clock.advance(60_000);
  expect(tokens.redeem(token)).toBe('expired');
  expect(tokens.redeem('other')).toBe('unknown');
  clock.advance(600_000);
  tokens.mint(aGrant('ann'));
  expect(tokens.redeem(token)).toBe('unknown');
});
