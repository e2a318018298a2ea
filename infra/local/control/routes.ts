import type { Clock } from '../clock.ts';
import type { Cognito } from '../cognito/index.ts';
import type { FaultBoard } from '../faults/board.ts';
import { parseFaultRule } from '../faults/parse-rule.ts';
import { FAULT_EXAMPLES, FAULT_TARGETS } from '../faults/rule.ts';
import type { Gateway } from '../gateway/index.ts';
import type { IvsChat } from '../ivs-chat/index.ts';

/** The parts of the stack that the control port reaches into. */
export interface ControlledParts {
  readonly clock: Clock;
  readonly faults: FaultBoard;
  readonly ivsChat: IvsChat;
  readonly gateway: Gateway;
  readonly cognito: Cognito;
}

interface ControlRequest {
  readonly body: unknown;
  readonly query: URLSearchParams;
  readonly pathname: string;
}

interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: RegExp;
  readonly summary: string;
  /** @returns the answer's body; nothing means `{"ok":true}`. */
  readonly run: (parts: ControlledParts, request: ControlRequest) => unknown;
}

/** Everything the control port does. */
export const ROUTES: readonly ControlRoute[] = [
  { method: 'GET', path: /^\/$/, summary: 'GET / - this list', run: () => ({ routes: summaries() }) },
  {
    method: 'GET',
    path: /^\/clock$/,
    summary: 'GET /clock - the stack’s time, functions included',
    run: ({ clock }) => ({ now: new Date(clock.now()).toISOString() }),
  },
  {
    method: 'POST',
    path: /^\/clock\/advance$/,
    summary: 'POST /clock/advance {"seconds": 60} - moves the time forward everywhere',
    run: ({ clock }, { body }) => {
      const { seconds } = body as { seconds?: unknown };
      if (typeof seconds !== 'number') throw new TypeError('send {"seconds": <number>}');
      clock.advance(Math.round(seconds * 1000));
      return { now: new Date(clock.now()).toISOString() };
    },
  },
  {
    method: 'GET',
    path: /^\/connections$/,
    summary: 'GET /connections?roomArn=&userId= - open chat connections',
    run: ({ ivsChat }, { query }) => ({ connections: only(ivsChat.hub.connections(), query) }),
  },
  {
    method: 'GET',
    path: /^\/deliveries$/,
    summary: 'GET /deliveries?roomArn=&userId= - frames that were sent to chat connections, oldest first',
    run: ({ ivsChat }, { query }) => ({ deliveries: only(ivsChat.hub.deliveries(), query) }),
  },
  {
    method: 'GET',
    path: /^\/reviews$/,
    summary: 'GET /reviews - InvocationErrors and ResponseValidationErrors of the review handlers',
    run: ({ ivsChat }) => ivsChat.reviewCounters(),
  },
  {
    method: 'GET',
    path: /^\/instances$/,
    summary: 'GET /instances - function instances that run now',
    run: ({ gateway }) => ({ instances: gateway.instances() }),
  },
  {
    method: 'POST',
    path: /^\/cognito\/rotate-keys$/,
    summary:
      'POST /cognito/rotate-keys - a new key signs; the old one stays published until the next rotation',
    run: async ({ cognito }) => void (await cognito.rotateKeys()),
  },
  {
    method: 'GET',
    path: /^\/faults$/,
    summary: 'GET /faults - faults in force, with how often each was applied',
    run: ({ faults }) => ({ faults: faults.list() }),
  },
  {
    method: 'POST',
    path: /^\/faults$/,
    summary:
      'POST /faults {"target","fault"} - puts a fault in front of a stand-in; the first one that matches decides. ' +
      'Also "method", "match" (a part of the path or of x-amz-target) and "times". ' +
      `Targets: ${FAULT_TARGETS.join(', ')}. Faults: ${FAULT_EXAMPLES.join(' ')}`,
    run: ({ faults }, { body }) => ({ id: faults.add(parseFaultRule(body)) }),
  },
  {
    method: 'DELETE',
    path: /^\/faults$/,
    summary: 'DELETE /faults - removes all faults',
    run: ({ faults }) => faults.clear(),
  },
  {
    method: 'DELETE',
    path: /^\/faults\/\d+$/,
    summary: 'DELETE /faults/{id} - removes one fault',
    run: ({ faults }, { pathname }) => {
      if (!faults.remove(Number(pathname.slice('/faults/'.length)))) {
        throw new RangeError('no fault has that id');
      }
    },
  },
];

function summaries(): string[] {
  return ROUTES.map(({ summary }) => summary);
}

function only<Item extends { roomArn: string; userId: string }>(
  items: readonly Item[],
  query: URLSearchParams,
) {
  const roomArn = query.get('roomArn');
  const userId = query.get('userId');
  return items.filter(
    (item) => (!roomArn || item.roomArn === roomArn) && (!userId || item.userId === userId),
  );
}
