/** How far the clock of the process may be from that of the system, in milliseconds, before it follows: a difference below is how exactly times can be read. */
const MAX_DRIFT_MS = 5;
/** How far apart both clocks may be read, in milliseconds: where others have the processor in between, the difference is theirs. */
const MAX_APART_MS = 1;

let origin = performance.timeOrigin;

/** Reads the clock of the system; returns what says when something was, in nanoseconds since 1970, of a time in milliseconds of `performance.now`. */
export function readSpanClock(): (time: number) => bigint {
  const before = performance.now();
  const now = Date.now();
  const after = performance.now();
  const drift = now - (origin + after);
  if (Math.abs(drift) > MAX_DRIFT_MS && after - before <= MAX_APART_MS) origin += drift;
  const start = origin;
  // Rounded once, so that what is later is never earlier: rounding whole and rest apart put some times a millisecond off.
  const whole = Math.floor(start);
  return (time) => BigInt(whole) * 1_000_000n + BigInt(Math.round((start - whole + time) * 1e6));
}
