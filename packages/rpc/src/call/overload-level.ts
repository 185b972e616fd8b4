/** How long the delay has to stand above the target before anything is shed, in milliseconds: a single long turn is no overload. */
const BEGIN_MS = 1_000;
/** How long it has to go on before more is shed. */
const RISE_MS = 500;
/** How long it has to be below the target before less is. */
const FALL_MS = 1_000;

/** The target, and the highest level. */
export interface OverloadBounds {
  readonly maxDelayMs: number;
  readonly highest: number;
}

/**
 * How overloaded the event loop is: 0 while it is not, and step by step more, up to the highest level, while each of its delays in a row is above the target; step by
 * step less while each is below. What goes up and down leaves it where it is.
 */
export class OverloadLevel {
  value = 0;
  private isOver = false;
  /** When the delay came to the side of the target on which it is, or when it has last changed the level there. */
  private since = 0;
  private readonly bounds: OverloadBounds;

  constructor(bounds: OverloadBounds) {
    this.bounds = bounds;
  }

  /** Takes the delay that was measured at a time, both in milliseconds. */
  observe(delayMs: number, now: number): void {
    const isOver = delayMs > this.bounds.maxDelayMs;
    if (isOver !== this.isOver) {
      this.isOver = isOver;
      this.since = now;
    }
    const stepMs = isOver ? (this.value === 0 ? BEGIN_MS : RISE_MS) : FALL_MS;
    if (now - this.since < stepMs) return;
    this.since = now;
    this.value = Math.max(0, Math.min(this.bounds.highest, this.value + (isOver ? 1 : -1)));
  }
}
