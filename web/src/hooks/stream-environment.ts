import { createContext } from "react";
import { createPageVisibility, type PageVisibility } from "./page-visibility.ts";

/** Undoes what was asked for; safe to call more than once. */
export type Cancel = () => void;

/** What streams need of the world around them: time, chance and the browser's events. */
export interface StreamEnvironment {
  /** The time now, in milliseconds since 1970 as it was when the page opened: a clock that nobody sets, to measure with. */
  now(): number;
  /** The time of day, in milliseconds since 1970, by a clock that may be set. */
  timeOfDay(): number;
  /** A number from 0 up to, but not including, 1. */
  random(): number;
  /** Runs once after so many milliseconds. */
  schedule(ms: number, run: () => void): Cancel;
  /** Runs once before the next frame is painted; not while the page is hidden. */
  onFrame(run: () => void): Cancel;
  /** Runs whenever the network comes back or the page is looked at again. */
  onWake(run: () => void): Cancel;
  /** Whether the page can be seen. */
  isVisible(): boolean;
  /** Runs whenever the page is hidden or shown. */
  onVisibility(run: () => void): Cancel;
}

let visibility: PageVisibility | undefined;
// Watched from the first question on: the module is also loaded where there is no page.
const pageVisibility = () => {
  visibility ??= createPageVisibility(window);
  return visibility;
};

/** The browser's own time, chance and events. */
export const browserEnvironment: StreamEnvironment = {
  now: () => performance.timeOrigin + performance.now(),
  timeOfDay: () => Date.now(),
  random: () => Math.random(),
  schedule(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  onFrame(run) {
    const frame = requestAnimationFrame(run);
    return () => cancelAnimationFrame(frame);
  },
  onWake(run) {
    const onVisible = () => {
      if (document.visibilityState === "visible") run();
    };
    window.addEventListener("online", run);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      window.removeEventListener("online", run);
      document.removeEventListener("visibilitychange", onVisible);
    };
  },
  isVisible: () => pageVisibility().isVisible(),
  onVisibility: (run) => pageVisibility().onChange(run),
};

/** The environment of the streams below it. Tests give one that they move by hand. */
export const StreamEnvironmentContext = createContext<StreamEnvironment>(browserEnvironment);
