/** Undoes what was asked for; safe to call more than once. */
export type Cancel = () => void;

/** What calls and live streams need of the world around them: time, chance and the events of a page. */
export interface StreamEnvironment {
  /** The time now, in milliseconds since 1970 as it was when the page opened: a clock that nobody sets, to measure with. */
  now(): number;
  /** A number from 0 up to, but not including, 1. */
  random(): number;
  /** Runs once after so many milliseconds. */
  schedule(ms: number, run: () => void): Cancel;
  /** Runs once before the next frame is painted; not while the page is hidden. */
  onFrame(run: () => void): Cancel;
  /** Runs whenever the network comes back or the page is shown again. */
  onWake(run: () => void): Cancel;
  /** Whether the page can be seen. */
  isVisible(): boolean;
  /** Runs whenever the page is hidden or shown. */
  onVisibility(run: () => void): Cancel;
}
