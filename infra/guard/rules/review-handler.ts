import { isDeepStrictEqual } from 'node:util';
import { render } from '../render.ts';
import type { Problem, Rule } from '../rule.ts';
import { at, dependenciesOf, type Named, ofType, reviewHandlerOf, type Template } from '../template.ts';

/** IVS Chat waits 200 ms; what runs longer than a second is a handler that hangs (Lambda's smallest time-out is a second). */
const TIMEOUT_SECONDS = 1;
/** CPU comes with memory: with less the 200 ms are not certain. */
const MEMORY_MIN_MB = 512;

const roomsOf = (template: Template) => ofType(template, 'AWS::IVSChat::Room');

/** Permissions for IVS Chat to invoke something. */
const ivsPermissionsOf = (template: Template): readonly Named[] =>
  ofType(template, 'AWS::Lambda::Permission').filter(
    ({ properties }) => properties.Principal === 'ivschat.amazonaws.com',
  );

/** What a room does when its handler fails is written down, and is what the handler itself does when it fails inside. */
export const fallbackResultStated: Rule = {
  name: 'fallback-result-stated',
  *check(template) {
    const onFailure = at(reviewHandlerOf(template)?.properties, 'Environment', 'Variables', 'ON_FAILURE');
    for (const { id, properties } of roomsOf(template)) {
      const stated = at(properties, 'MessageReviewHandler', 'FallbackResult');
      if (stated === undefined)
        yield [id, 'states no FallbackResult; IVS Chat would ALLOW unreviewed messages'];
      else if (stated !== String(onFailure).toUpperCase())
        yield [id, `falls back to ${render(stated)} while the handler's ON_FAILURE is ${render(onFailure)}`];
    }
  },
};

/** The room asks the review handler, through its alias where instances are kept started, and so does the permission. */
export const handlerThroughAlias: Rule = {
  name: 'handler-through-alias',
  *check(template) {
    const handler = reviewHandlerOf(template);
    if (!handler) {
      yield ['template', 'has no function review-message'];
      return;
    }
    // Whatever the alias names: that it is this function has a rule of its own.
    const [alias] = ofType(template, 'AWS::Lambda::Alias');
    const due = alias ? `\${${alias.id}}` : `\${${handler.id}.Arn}`;
    for (const { id, properties } of roomsOf(template)) {
      const uri = render(at(properties, 'MessageReviewHandler', 'Uri'));
      if (uri !== due) yield [id, `names ${uri} as its review handler, and ${due} is due`];
    }
    for (const { id, properties } of ivsPermissionsOf(template)) {
      const target = render(properties.FunctionName);
      if (target !== due) yield [id, `permits ${target}, and the room asks ${due}`];
    }
    if (ivsPermissionsOf(template).length === 0) yield ['template', 'lets IVS Chat invoke nothing'];
  },
};

/** IVS Chat tries the handler when a room is made: the permission has to be there by then, and to be known everywhere. */
export const roomWaitsForPermission: Rule = {
  name: 'room-waits-for-permission',
  *check(template) {
    const permissions = ivsPermissionsOf(template).map(({ id }) => id);
    const tables = ofType(template, 'AWS::DynamoDB::Table');
    for (const { id, resource } of roomsOf(template)) {
      const waitsFor = dependenciesOf(resource);
      for (const permission of permissions) {
        if (!waitsFor.includes(permission)) yield [id, `does not wait for ${permission}`];
        yield* tablesThatGainTime(id, waitsFor, permission, tables);
      }
    }
  },
};

/** One second, so that a handler that hangs is over soon, with the processor that 200 ms take. */
export const reviewIsBounded: Rule = {
  name: 'review-is-bounded',
  *check(template) {
    const handler = reviewHandlerOf(template);
    if (!handler) return;
    const { Timeout, MemorySize } = handler.properties;
    if (Timeout !== TIMEOUT_SECONDS)
      yield [handler.id, `has a time-out of ${render(Timeout)} s; ${TIMEOUT_SECONDS} s is due`];
    if (!(Number(MemorySize) >= MEMORY_MIN_MB))
      yield [handler.id, `has ${render(MemorySize)} MB of memory; ${MEMORY_MIN_MB} are the least`];
  },
};

/** The room logs what is said to the log group that ends, and that outlives the stack. */
export const chatLogIsWired: Rule = {
  name: 'chat-log-is-wired',
  *check(template) {
    const { ChatLogGroup } = template.Resources;
    if (
      ChatLogGroup?.DeletionPolicy !== 'RetainExceptOnCreate' ||
      ChatLogGroup.UpdateReplacePolicy !== 'Retain'
    )
      yield ['ChatLogGroup', 'goes with its stack'];
    for (const { id, properties } of ofType(template, 'AWS::IVSChat::LoggingConfiguration')) {
      const destination = { CloudWatchLogs: { LogGroupName: { Ref: 'ChatLogGroup' } } };
      if (!isDeepStrictEqual(properties.DestinationConfiguration, destination))
        yield [id, 'logs elsewhere than to ChatLogGroup'];
      const due = { 'Fn::If': ['LogChat', [{ Ref: id }], { Ref: 'AWS::NoValue' }] };
      for (const room of roomsOf(template))
        if (!isDeepStrictEqual(room.properties.LoggingConfigurationIdentifiers, due))
          yield [room.id, `does not log by ${id} when LogChat says so`];
    }
  },
};

function* tablesThatGainTime(
  room: string,
  waitsFor: readonly string[],
  permission: string,
  tables: readonly Named[],
): Iterable<Problem> {
  const between = tables.some(
    ({ id, resource }) => waitsFor.includes(id) && dependenciesOf(resource).includes(permission),
  );
  if (!between)
    yield [room, `has no table between itself and ${permission} that would give it time to become known`];
}
