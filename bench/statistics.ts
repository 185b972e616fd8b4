/** The middle of some figures and their bounds. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Sums up at least one figure.
 * @throws RangeError when there is none.
 */
export function summarize(figures: readonly number[]): Summary {
  return { median: quantile(figures, 0.5), min: Math.min(...figures), max: Math.max(...figures) };
}

/**
 * The figure below which a share (0 to 1) of the figures lies, between neighbours by their distance.
 * @throws RangeError when there is none.
 */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = Float64Array.from(figures).sort();
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError("no figures to sum up");
  return below + (above - below) * (position - Math.floor(position));
}
