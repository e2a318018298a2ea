import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { Credentials } from '../../credentials.ts';
import type { FaultBoard } from '../../faults/board.ts';
import { listen } from '../../listen.ts';
import type { Room, Rooms } from '../model.ts';
import { inputShapes } from './constraints.ts';
import {
  accessDenied,
  notImplemented,
  resourceNotFound,
  ServiceError,
  serializationException,
  throttled,
  validationException,
} from './errors.ts';
import { createHandlers, type HandlerDeps } from './handlers.ts';
import type { ControlPlaneKnobs } from './knobs.ts';
import { OPERATIONS, type Operation, type OperationName, route, type SharedQuota } from './operations.ts';
import { createRequestRates } from './request-rates.ts';
import { answer, answerError, parseJsonBody, readBody } from './rest-json.ts';
import type { Account } from './room-settings.ts';
import type { StructureShape } from './shape.ts';
import type { WireRequest } from './signature/canonical-request.ts';
import { answerTime } from './signature/request-date.ts';
import { createVerifier } from './signature/verifier.ts';
import { read } from './validation.ts';

/** The service's name in signatures. Service model. */
const SIGNING_NAME = 'ivschat';

/** What the control plane is made of. */
export interface ControlPlaneOptions extends HandlerDeps {
  readonly port: number;
  /** Whether the account may make one more such request now, those over WebSockets counted. */
  readonly accountHasRoom: (action: SharedQuota) => boolean;
  readonly faults: Pick<FaultBoard, 'guard'>;
  readonly log: (line: string) => void;
  readonly randomRequestId: () => string;
  /** The key pairs that may sign requests. */
  readonly credentials: readonly Credentials[];
}

/** The running control plane. */
export interface ControlPlane {
  /** `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Starts the control plane: nine operations of the ivschat API over restJson1. */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const dated = withDate(options);
  // Twice: injected faults answer by themselves, or play an answer that they had our listener write elsewhere.
  const server = createServer(dated(options.faults.guard('ivs-chat', dated(requestListener(options)))));
  const { origin, close } = await listen(server, options.port);
  return { endpoint: origin, close };
}

function withDate({ clock }: Pick<ControlPlaneOptions, 'clock'>) {
  return (listener: RequestListener): RequestListener =>
    (request, response) => {
      response.setHeader('date', new Date(answerTime(request.headersDistinct, clock)).toUTCString());
      listener(request, response);
    };
}

function requestListener(options: ControlPlaneOptions): RequestListener {
  const operate = createPipeline(options);
  const verify = createSignatureCheck(options);
  return async (request, response) => {
    const requestId = options.randomRequestId();
    try {
      const asked = route(request.method ?? '', request.url ?? '');
      if (asked.kind === 'unknown') {
        request.resume();
        throw unknownOperation();
      }
      const body = await readBody(request);
      verify(wireRequest(request, body));
      if (asked.kind === 'refused') throw notImplemented(asked.name, options.log);
      const output = operate(asked.name, parseJsonBody(request, body));
      answer(response, OPERATIONS[asked.name].status, requestId, output);
    } catch (cause) {
      // A client that went away while it was sending is no failure of ours and hears no answer.
      if (request.errored) return;
      answerError(response, asServiceError(cause, options.log), requestId);
    }
  };
}

function createSignatureCheck(options: ControlPlaneOptions): (request: WireRequest) => void {
  if (options.knobs.signatures === 'accept-any') return () => {};
  return createVerifier({ ...options, region: options.account.region, service: SIGNING_NAME });
}

function wireRequest(request: IncomingMessage, body: Uint8Array): WireRequest {
  return { method: request.method ?? '', target: request.url ?? '', headers: request.headersDistinct, body };
}

/** Serialization, validation, existence, rate, operation: in this order. */
function createPipeline(options: ControlPlaneOptions) {
  const { account, rooms, knobs } = options;
  const shapes = inputShapes(knobs);
  const handlers = createHandlers(options);
  const rates = createRequestRates(knobs.throttle, options.clock);
  return (name: OperationName, body: object): object | undefined => {
    const operation: Operation = OPERATIONS[name];
    const input = validate(shapes[name], body, knobs);
    const room = operation.room && findRoom(input[operation.room] as string, name, { account, rooms, knobs });
    if (knobs.enforceRates && !(quotaLeft(operation, options) && rates.admit(name))) {
      throw throttled(name, room?.arn ?? account.accountId, operation.requestsPerSecond);
    }
    const handle = handlers[name] as (input: object, room: Room | undefined) => object | undefined;
    return handle(input, room);
  };
}

function quotaLeft(
  { sharedQuota }: Operation,
  { accountHasRoom }: Pick<ControlPlaneOptions, 'accountHasRoom'>,
): boolean {
  return sharedQuota === undefined || accountHasRoom(sharedQuota);
}

function validate(
  shape: StructureShape,
  body: object,
  { typeMismatch }: Pick<ControlPlaneKnobs, 'typeMismatch'>,
): Record<string, unknown> {
  const { value, violations } = read(shape, body);
  const mistyped = violations.find(({ kind }) => kind === 'type');
  if (mistyped && typeMismatch === 'SerializationException') throw serializationException(mistyped.message);
  if (violations.length > 0) throw validationException(violations);
  return value as Record<string, unknown>;
}

function findRoom(
  arn: string,
  operation: OperationName,
  { account, rooms, knobs }: { account: Account; rooms: Rooms; knobs: ControlPlaneKnobs },
): Room {
  const [, , , region, accountId] = arn.split(':');
  const denied =
    (accountId !== account.accountId && knobs.foreignAccountRoom === 'AccessDeniedException') ||
    (region !== account.region && knobs.foreignRegionRoom === 'AccessDeniedException');
  if (denied) throw accessDenied(operation, arn);
  const room = rooms.get(arn);
  if (!room) throw resourceNotFound(arn);
  return room;
}

function unknownOperation(): ServiceError {
  return new ServiceError(
    'UnknownOperationException',
    'The requested operation is not recognized by the service',
  );
}

function asServiceError(cause: unknown, log: (line: string) => void): ServiceError {
  if (cause instanceof ServiceError) return cause;
  log(
    `ivs-chat: internal failure: ${cause instanceof Error ? (cause.stack ?? cause.message) : 'not an Error'}`,
  );
  return new ServiceError('InternalServerException', 'Internal server error');
}
