import { createEngine, type Engine, type ReviewPolicy } from '../../moderation/index.ts';

/**
 * Compiles each policy once for as long as its source keeps handing out the same object.
 *
 * @returns a function that throws PolicyError for a policy that cannot be compiled.
 */
export function cacheEngines(): (policy: ReviewPolicy) => Engine {
  const engines = new WeakMap<ReviewPolicy, Engine>();
  return (policy) => {
    const known = engines.get(policy);
    if (known) return known;
    const engine = createEngine(policy);
    engines.set(policy, engine);
    return engine;
  };
}
