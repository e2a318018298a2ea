import { afterEach, describe, expect, it } from 'vitest';
import type { Fault, FaultTarget } from '../../../infra/local/faults/rule.ts';
import type { StackDescription } from '../../../infra/local/stack-description.ts';
import { useStack } from '../../support/stack.ts';
import { control, inject } from './support/control.ts';
import { bodyOf, exchange, PATIENT_MS } from './support/exchange.ts';

/** After this silence, nothing more is taken to come. */
const BRIEF_MS = 500;

const current = useStack();
afterEach(() => control(current(), 'DELETE', '/faults'));

type Request = readonly [(stack: StackDescription) => string, Parameters<typeof exchange>[1]];

/** A request to every stand-in that has an answer with a body. */
const REQUESTS: Readonly<Record<Exclude<FaultTarget, 'ivs-chat-messaging'>, Request>> = {
  'ivs-chat': [({ ivsChatEndpoint }) => `${ivsChatEndpoint}/ListRooms`, { method: 'POST', body: '{}' }],
  cognito: [
    ({ cognitoEndpoint, userPoolId }) => `${cognitoEndpoint}/${userPoolId}/.well-known/openid-configuration`,
    {},
  ],
  dynamodb: [
    ({ dynamodbEndpoint }) => `${dynamodbEndpoint}/`,
    {
      method: 'POST',
      body: '{}',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.ListTables',
      },
    },
  ],
  lambda: [
    ({ lambdaEndpoint }) => `${lambdaEndpoint}/2015-03-31/functions/nobody/invocations`,
    { method: 'POST', body: '{}' },
  ],
  gateway: [({ apiUrl }) => `${apiUrl}/health`, {}],
};

/** What is seen of an answer under a fault: all of it, nothing, or the head and a part of the body. */
const MODES: readonly (readonly [Fault, seen: 'whole' | 'nothing' | 'part', end: string])[] = [
  [{ mode: 'delay', ms: 20 }, 'whole', 'ended'],
  [{ mode: 'drip', ms: 2 }, 'whole', 'ended'],
  [{ mode: 'truncate' }, 'part', 'ended'],
  [{ mode: 'reset' }, 'nothing', 'reset'],
  [{ mode: 'reset', when: 'before' }, 'nothing', 'reset'],
  [{ mode: 'reset', when: 'after' }, 'nothing', 'reset'],
  [{ mode: 'reset', when: 'body' }, 'part', 'reset'],
  [{ mode: 'hang' }, 'nothing', 'open'],
  [{ mode: 'hang', when: 'before' }, 'nothing', 'open'],
  [{ mode: 'hang', when: 'headers' }, 'nothing', 'open'],
  [{ mode: 'hang', when: 'body' }, 'part', 'open'],
];

const OWN_ANSWER: Fault = {
  mode: 'status',
  status: 418,
  headers: { 'content-type': 'text/plain', 'X-Later': '{{NOW+900s}}' },
  body: 'no JSON',
};

describe.each(Object.entries(REQUESTS))('a fault in front of %s', (target, [urlOf, options]) => {
  const send = (silenceMs = PATIENT_MS) => exchange(urlOf(current().description), { ...options, silenceMs });
  const injectHere = (fault: Fault) =>
    inject(current(), {
      target: target as FaultTarget,
      match: new URL(urlOf(current().description)).pathname,
      fault,
    });

  it.each(MODES)('%j: %s is seen, and the connection is %s', async (fault, seen, end) => {
    const ordinary = await send();
    const injected = await injectHere(fault);
    const broken = await send(end === 'open' ? BRIEF_MS : PATIENT_MS);

    expect(ordinary.end).toBe('ended');
    expect(broken.end).toBe(end);
    const [whole = '', part] = [bodyOf(ordinary), bodyOf(broken)];
    if (seen === 'nothing') expect(broken.answer).toBe('');
    if (seen === 'whole') expect(part).toBe(whole);
    if (seen === 'part') {
      expect(whole.startsWith(part ?? 'no head')).toBe(true);
      expect(part).toHaveLength(Math.floor(whole.length / 2));
    }
    if (fault.mode === 'drip') expect(broken.pieces).toBeGreaterThan(whole.length / 4);
    expect(await injected.applied()).toBe(1);
    await injected.remove();
    expect(bodyOf(await send())).toBe(whole);
  });

  it('answers what it is told, JSON or not, with a date of its own', async () => {
    current().stack.clock.advance(3_600_000);
    await injectHere(OWN_ANSWER);
    const { answer } = await send();

    expect(answer).toMatch(/^HTTP\/1\.1 418 [\s\S]*\r\n\r\n[\s\S]*no JSON/);
    expect(answer).toMatch(/^content-type: text\/plain\r$/im);
    const later = Date.parse(/^x-later: (.*)\r$/m.exec(answer)?.[1] ?? '');
    const aheadSeconds = (later - current().stack.clock.now()) / 1000;
    expect(aheadSeconds).toBeGreaterThan(800);
    expect(aheadSeconds).toBeLessThanOrEqual(900);
  });
});

describe('a fault in front of ivs-chat-messaging', () => {
  const HALF_A_HANDSHAKE = 'HTTP/1.1 101 Switching Protocols\r\nUpgr';
  const connectWithoutToken = (silenceMs = PATIENT_MS) =>
    exchange(current().description.messagingUrl.replace('ws:', 'http:'), {
      headers: {
        connection: 'upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      },
      silenceMs,
    });
  const injectHere = (fault: Fault) => inject(current(), { target: 'ivs-chat-messaging', fault });

  it.each(MODES.filter(([{ mode }]) => mode !== 'drip'))(
    '%j: of a handshake, %s is seen, and the connection is %s',
    async (fault, seen, end) => {
      const injected = await injectHere(fault);
      const { answer, end: ending } = await connectWithoutToken(end === 'open' ? BRIEF_MS : PATIENT_MS);

      expect(ending).toBe(end);
      if (seen === 'whole') expect(answer).toMatch(/^HTTP\/1\.1 401 /);
      else expect(answer).toBe(seen === 'nothing' ? '' : HALF_A_HANDSHAKE);
      expect(await injected.applied()).toBe(1);
    },
  );

  it('answers a handshake with what it is told', async () => {
    await injectHere(OWN_ANSWER);

    expect((await connectWithoutToken()).answer).toMatch(/^HTTP\/1\.1 418 [\s\S]*no JSON$/);
  });

  it('cannot drip, and says so', async () => {
    const rule = { target: 'ivs-chat-messaging', fault: { mode: 'drip', ms: 1 } };

    expect(await control(current(), 'POST', '/faults', rule)).toEqual({
      status: 400,
      body: { message: expect.stringContaining('has no body') },
    });
  });
});
