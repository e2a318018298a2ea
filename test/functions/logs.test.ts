import { ChatRoom, SendMessageRequest } from 'amazon-ivs-chat-messaging';
import { describe, expect, it } from 'vitest';
import { callApi, signIn, useStack } from '../support/stack.ts';

/** Texts that a log must never hold, each recognisable wherever it turns up. */
const CANARIES = {
  messageText: 'canary message text 3141',
  deniedText: 'visit https://canary-2718.example now',
  displayName: 'Canary Name 1618',
  refusedName: 'canary.person@example.com',
  messageAttribute: 'canary-attribute-1414',
  eventAttribute: 'canary-event-1732',
  unknownKey: 'canaryKey2236',
  pathSegment: 'canary-user-id-2645',
  query: 'canary-query-3162',
} as const;

const standInLogs: string[] = [];
const current = useStack({ log: (line) => standInLogs.push(line) });

describe('the logs of a whole run', () => {
  it('name no token, message text, name, attribute, e-mail address, IP address or input', async () => {
    const secrets = await playARun();

    const logs = [...current().functionLogs, ...standInLogs].join('\n');

    // Parts count as well: a host without its sentence, the start of a token.
    const parts = [
      ...Object.values(CANARIES).flatMap(partsOf),
      ...secrets.map((secret) => secret.slice(0, 20)),
    ];
    const found = parts.filter((part) => logs.includes(part));
    expect(found).toEqual([]);
    expect(logs.match(/\beyJ[\w-]{10,}/g)).toBeNull();
    expect(logs.match(/[\w.+-]+@[\w-]+\.\w+/g)).toBeNull();
    expect(logs.match(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g)).toBeNull();
  });

  it('are JSON lines that say what was decided and how long it took', () => {
    const entries = current().functionLogs.map((line) => JSON.parse(line) as Record<string, unknown>);

    expect(
      entries.some(({ route, status }) => route === 'POST /rooms/{roomId}/tokens' && status === 201),
    ).toBe(true);
    expect(entries.some(({ status, code }) => status === 401 && code === 'invalid-token')).toBe(true);
    expect(entries.some(({ status }) => status === 502)).toBe(true);
    expect(entries.some(({ decision }) => decision === 'ALLOW')).toBe(true);
    expect(entries.some(({ decision }) => decision === 'DENY')).toBe(true);
    expect(entries.every(({ latencyMs }) => typeof latencyMs === 'number')).toBe(true);
  });
});

/** The text, and what is recognisable in it by itself: "canary" with everything up to its number. */
function partsOf(text: string): string[] {
  return [text, ...(text.match(/canary\S*|\b\d{4}\b/gi) ?? [])].filter((part) => part !== 'canary');
}

/** Good and bad requests of every kind. @returns the secrets that came up on the way. */
async function playARun(): Promise<string[]> {
  const { description, roomId, stack } = current();
  const viewer = (await signIn(current(), 'vi')).accessToken;
  const moderator = (await signIn(current(), 'mo')).accessToken;
  const secrets = [viewer, moderator, ...description.users.map(({ password }) => password)];
  const tokens = `/rooms/${roomId}/tokens`;
  const vend = async (displayName: string) =>
    callApi(current(), 'POST', tokens, { token: viewer, body: { displayName } });

  secrets.push(...(await chat(async () => vend(CANARIES.displayName))));
  await vend(CANARIES.refusedName);
  await callApi(current(), 'POST', tokens, { token: `${viewer}x`, body: {} });
  await callApi(current(), 'POST', tokens, {
    token: viewer,
    body: { [CANARIES.unknownKey]: CANARIES.messageText },
  });
  await callApi(current(), 'POST', tokens, { token: viewer, body: `{"${CANARIES.unknownKey}` });
  await callApi(current(), 'POST', `${tokens}?token=${CANARIES.query}`, { token: viewer, body: {} });
  await callApi(current(), 'POST', `/rooms/${roomId}/users/${CANARIES.pathSegment}/disconnect`, {
    token: moderator,
  });
  await callApi(current(), 'POST', `/rooms/${roomId}/events`, {
    token: moderator,
    body: { eventName: 'poll', attributes: { text: CANARIES.eventAttribute } },
  });
  stack.faults.add({
    target: 'ivs-chat',
    match: 'CreateChatToken',
    times: 1,
    fault: { mode: 'status', status: 200, body: { message: CANARIES.messageText } },
  });
  await vend('Somebody');
  return secrets;
}

/** Connects with the real client, speaks, and is denied. @returns the chat tokens used. */
async function chat(vend: () => Promise<{ body: Record<string, unknown> }>): Promise<string[]> {
  const used: string[] = [];
  const room = new ChatRoom({
    regionOrUrl: current().description.messagingUrl,
    tokenProvider: async () => {
      const { body } = await vend();
      used.push(String(body.token));
      return { token: String(body.token) };
    },
  });
  const connected = new Promise<void>((resolve) => room.addListener('connect', () => resolve()));
  room.connect();
  await connected;
  await room.sendMessage(new SendMessageRequest(CANARIES.messageText));
  await expect(room.sendMessage(new SendMessageRequest(CANARIES.deniedText))).rejects.toMatchObject({
    errorCode: 406,
  });
  await expect(
    room.sendMessage(new SendMessageRequest('hello', { badge: CANARIES.messageAttribute })),
  ).rejects.toMatchObject({ errorCode: 406 });
  room.disconnect();
  return used;
}
