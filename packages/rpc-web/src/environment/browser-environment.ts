import { createPageVisibility, type PageVisibility } from "./page-visibility.ts";
import type { StreamEnvironment } from "./stream-environment.ts";

let visibility: PageVisibility | undefined;
// Watched from the first question on: the module is also loaded where there is no page.
const pageVisibility = () => {
  visibility ??= createPageVisibility(window);
  return visibility;
};

/** The browser's own time, for what needs nothing else of it. */
export const browserClock: Pick<StreamEnvironment, "now" | "schedule"> = {
  now: () => performance.timeOrigin + performance.now(),
  schedule(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * The browser's own time, chance and events. Where there is no page, in a worker or under Node, time and chance are there,
 * nothing wakes, and there are neither frames nor anything to see.
 */
export const browserEnvironment: StreamEnvironment = {
  ...browserClock,
  random: () => Math.random(),
  onFrame(run) {
    const frame = requestAnimationFrame(run);
    return () => cancelAnimationFrame(frame);
  },
  onWake(run) {
    if (typeof document === "undefined") return () => undefined;
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
