/** Remembers what was seen, so that it does not matter whether one looks before or after it happens. */
export interface Witness<Thing> {
  /** Everything so far. */
  readonly seen: readonly Thing[];
  /** @returns the first thing seen that fits, now or later. */
  saw(fits: (thing: Thing) => boolean): Promise<Thing>;
}

/** @param watch is given the function to call with everything that happens. */
export function createWitness<Thing>(watch: (see: (thing: Thing) => void) => unknown): Witness<Thing> {
  const seen: Thing[] = [];
  const waiting = new Set<(thing: Thing) => void>();
  watch((thing) => {
    seen.push(thing);
    for (const tell of [...waiting]) tell(thing);
  });
  return {
    seen,
    saw: (fits) =>
      new Promise((resolve) => {
        const already = seen.find(fits);
        if (already !== undefined) return resolve(already);
        const tell = (thing: Thing) => {
          if (!fits(thing)) return;
          waiting.delete(tell);
          resolve(thing);
        };
        waiting.add(tell);
      }),
  };
}
