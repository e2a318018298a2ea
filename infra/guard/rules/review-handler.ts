import type { Problem, Rule } from '../rule.ts';
import { at, dependenciesOf, functionsOf, type Named, ofType, render, type Template } from '../template.ts';

/** IVS Chat waits 200 ms; what runs longer than a second is a handler that hangs (Lambda's smallest time-out is a second). */
const TIMEOUT_SECONDS = 1;

const roomsOf = (template: Template) => ofType(template, 'AWS::IVSChat::Room');
const handlerOf = (template: Template) => functionsOf(template).find(({ key }) => key === 'review-message');

/** Permissions for IVS Chat to invoke something. */
export const ivsPermissionsOf = (template: Template): readonly Named[] =>
  ofType(template, 'AWS::Lambda::Permission').filter(
    ({ properties }) => properties.Principal === 'ivschat.amazonaws.com',
  );

/** What a room does when its handler fails is written down, and is what the handler itself does when it fails inside. */
export const fallbackResultStated: Rule = {
  name: 'fallback-result-stated',
  *check(template) {
    const onFailure = at(handlerOf(template)?.properties, 'Environment', 'Variables', 'ON_FAILURE');
    if (roomsOf(template).length === 0) yield ['template', 'has no room'];
    for (const { id, properties } of roomsOf(template)) {
      const stated = at(properties, 'MessageReviewHandler', 'FallbackResult');
      if (stated === undefined)
        yield [id, 'states no FallbackResult; IVS Chat would ALLOW unreviewed messages'];
      else if (stated !== String(onFailure).toUpperCase()) {
        yield [id, `falls back to ${stated} while the handler's ON_FAILURE is ${onFailure}`];
      }
    }
  },
};

/** The room asks the review handler, through its alias where instances are kept started, and so does the permission. */
export const handlerThroughAlias: Rule = {
  name: 'handler-through-alias',
  *check(template) {
    const handler = handlerOf(template);
    if (!handler) {
      yield ['template', 'has no function review-message'];
      return;
    }
    const due = handlerReference(template, handler);
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

/** One second, so that a handler that hangs is over soon, and concurrency that is stated. */
export const reviewIsBounded: Rule = {
  name: 'review-is-bounded',
  *check(template) {
    const handler = handlerOf(template);
    if (!handler) return;
    const { Timeout, ReservedConcurrentExecutions } = handler.properties;
    if (Timeout !== TIMEOUT_SECONDS)
      yield [handler.id, `has a time-out of ${Timeout} s; ${TIMEOUT_SECONDS} s is due`];
    if (ReservedConcurrentExecutions === undefined) {
      yield [handler.id, 'does not say whether concurrency is set aside for it (reviewReservedConcurrency)'];
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

/** @returns the alias that keeps instances of the function started; without one the function itself. */
function handlerReference(template: Template, { id }: Named): string {
  const alias = ofType(template, 'AWS::Lambda::Alias').find(
    ({ properties }) => render(properties.FunctionName) === `\${${id}}`,
  );
  return alias ? `\${${alias.id}}` : `\${${id}.Arn}`;
}
