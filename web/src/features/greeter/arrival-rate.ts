const windowMs = 5_000;

/**
 * How many things arrive a second, of times of arrival in milliseconds, ascending: over the last five seconds before the
 * latest, or between the last two where these lie further apart. Undefined while there is nothing to measure.
 */
export function arrivalRate(times: readonly number[]): number | undefined {
  const last = times.at(-1);
  if (last === undefined) return undefined;
  const start = Math.min(
    times.findIndex((time) => time >= last - windowMs),
    times.length - 2,
  );
  const first = times[start];
  if (first === undefined || first === last) return undefined;
  return ((times.length - 1 - start) * 1_000) / (last - first);
}

/** A rate for people, with two significant digits at least: `98`, `4.0`, `0.10`. */
export function rateText(perSecond: number): string {
  if (perSecond >= 10) return perSecond.toFixed(0);
  return perSecond.toFixed(perSecond >= 1 ? 1 : 2);
}
