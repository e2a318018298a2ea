import type { MessageReviewHandler } from '../model.ts';
import { invalidField, resourceNotFound } from './errors.ts';
import type { ReviewHandlerInput, RoomSettings } from './inputs.ts';
import type { ControlPlaneKnobs } from './knobs.ts';

/** The account that the stand-in plays. */
export interface Account {
  readonly region: string;
  readonly accountId: string;
}

/**
 * Checks what a room refers to, as its own constraints cannot.
 *
 * @throws ServiceError ResourceNotFoundException for a logging configuration that does not exist; ValidationException for
 *   a review handler outside this account and region (IVS Chat User Guide, Chat Message Review Handler).
 */
export function checkReferences(settings: RoomSettings, account: Account, knobs: ControlPlaneKnobs): void {
  const uri = settings.messageReviewHandler?.uri;
  const home = `arn:aws:lambda:${account.region}:${account.accountId}:function:`;
  if (uri && !uri.startsWith(home) && knobs.foreignReviewHandler === 'refuse') {
    throw invalidField('uri', 'the function must be in the same account and region as the room');
  }
  for (const arn of settings.loggingConfigurationIdentifiers ?? []) {
    if (!knobs.loggingConfigurations.includes(arn)) throw resourceNotFound(arn);
  }
}

/**
 * The review handler of a room after a request.
 *
 * An empty `uri` dissociates the handler; an omitted one leaves it.
 *
 * @param before the room's handler until now.
 */
export function reviewHandlerAfter(
  given: ReviewHandlerInput | undefined,
  before: MessageReviewHandler | undefined,
  knobs: Pick<ControlPlaneKnobs, 'omittedFallbackOnUpdate'>,
): MessageReviewHandler | undefined {
  if (!given) return before;
  const uri = given.uri ?? before?.uri;
  if (!uri) return undefined;
  const kept =
    given.uri === undefined || knobs.omittedFallbackOnUpdate === 'unchanged'
      ? before?.fallbackResult
      : undefined;
  return { uri, fallbackResult: given.fallbackResult ?? kept ?? 'ALLOW' };
}
