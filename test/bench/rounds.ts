/** What the rounds have measured of one target. */
export interface Series<Target, Figure> {
  readonly target: Target;
  /** One a round. */
  readonly figures: readonly Figure[];
}

/**
 * Measures every target once a round, one at a time. Each round begins with another target, so that whatever changes on the
 * machine meanwhile meets all of them alike. A round before the first warms up and is dropped.
 */
export async function interleave<Target, Figure>(
  targets: readonly Target[],
  rounds: number,
  measure: (target: Target) => Promise<Figure>,
): Promise<readonly Series<Target, Figure>[]> {
  const series = targets.map((target) => ({ target, figures: [] as Figure[] }));
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % series.length;
    for (const { target, figures } of [...series.slice(first), ...series.slice(0, first)]) {
      const figure = await measure(target);
      if (round > 0) figures.push(figure);
    }
  }
  return series;
}
