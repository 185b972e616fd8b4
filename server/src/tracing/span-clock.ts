/** How far the clock of the process may be from that of the system, in milliseconds, before it follows: a difference below is how exactly times can be read. */
const MAX_DRIFT_MS = 5;

let origin = performance.timeOrigin;

/** Reads the clock of the system; returns what says when something was, in nanoseconds since 1970, of a time in milliseconds of `performance.now`. */
export function readSpanClock(): (time: number) => bigint {
  const drift = Date.now() - (origin + performance.now());
  if (Math.abs(drift) > MAX_DRIFT_MS) origin += drift;
  const start = origin;
  // Rounded once, so that what is later is never earlier: rounding whole and rest apart put some times a millisecond off.
  const whole = Math.floor(start);
  return (time) => BigInt(whole) * 1_000_000n + BigInt(Math.round((start - whole + time) * 1e6));
}
