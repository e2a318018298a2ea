import type { MessagingKnobs } from './knobs.ts';

/**
 * Puts the results of one owner in order.
 *
 * @returns what settles when `result` has and, with `as-sent`, every earlier result of the same owner has as well.
 *   A result that nothing keeps waiting comes back as it is.
 */
export type InTurn = <Result>(owner: object, result: Promise<Result> | Result) => Promise<Result> | Result;

/** Creates the turns. The results must not reject. */
export function createTurns(messageOrder: MessagingKnobs['messageOrder']): InTurn {
  if (messageOrder === 'as-reviewed') return (_owner, result) => result;
  const last = new WeakMap<object, Promise<unknown>>();
  return (owner, result) => {
    const earlier = last.get(owner);
    if (!earlier && !(result instanceof Promise)) return result;
    const turn = Promise.all([result, earlier]).then(([own]) => own);
    last.set(owner, turn);
    void turn.then(() => {
      if (last.get(owner) === turn) last.delete(owner);
    });
    return turn;
  };
}
