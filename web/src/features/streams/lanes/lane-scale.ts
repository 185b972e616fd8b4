/** A scale for the time of a call. */
export interface LaneScale {
  readonly pixelsPerSecond: number;
  /** How far apart the ticks stand, in milliseconds. */
  readonly tickMs: number;
  /** How many ticks there are from figure to figure. */
  readonly ticksPerLabel: number;
  /** How long time goes on after the end of a call, in milliseconds. */
  readonly lingerMs: number;
}

/** For calls that go on as long as people like. */
export const slowScale: LaneScale = { pixelsPerSecond: 48, tickMs: 1_000, ticksPerLabel: 2, lingerMs: 1_000 };
/** For calls that are over in a moment. */
export const quickScale: LaneScale = { pixelsPerSecond: 800, tickMs: 10, ticksPerLabel: 10, lingerMs: 180 };
