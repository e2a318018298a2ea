/** @throws RangeError when there is no value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  return (at(sorted, Math.ceil(middle) - 1) + at(sorted, Math.floor(middle))) / 2;
}

/**
 * The smallest value that is not exceeded by `percent` per cent of the values (nearest rank).
 *
 * @param percent more than 0, at most 100.
 * @throws RangeError when there is no value, or for another percentage.
 */
export function percentile(values: ArrayLike<number>, percent: number): number {
  if (!(percent > 0 && percent <= 100)) throw new RangeError(`no percentile is ${percent}`);
  const sorted = Float64Array.from(values).sort();
  return at(sorted, Math.ceil((percent / 100) * sorted.length) - 1);
}

function at(sorted: ArrayLike<number>, index: number): number {
  const value = sorted[index];
  if (value === undefined) throw new RangeError('statistics of no value');
  return value;
}
