import { type RefObject, useContext, useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import { StreamEnvironmentContext } from "../../hooks/stream-environment.ts";
import { keptForTab } from "../../storage/kept-storage.ts";
import { createKeptScrolls } from "./kept-scroll.ts";

const scrolls = createKeptScrolls(keptForTab);
const ownWill = ["wheel", "touchmove", "keydown", "pointerdown"] as const;

/** What is scrolled. */
export interface KeepScrollProps {
  readonly view: string;
  /** What the view shows. */
  readonly place: string;
  /** What the views are in. */
  readonly content: RefObject<HTMLElement | null>;
  /** Whether it begins at its top, however far it was scrolled before; it does not where absent. */
  readonly startsAtTop?: boolean;
}

/**
 * Keeps how far each view is scrolled while others are shown, through a visit to another page and a reload, as long as it
 * shows the same place. A view not seen before starts at its top. Shows nothing itself.
 */
export function KeepScroll({ view, place, content, startsAtTop = false }: KeepScrollProps): null {
  const { onFrame } = useContext(StreamEnvironmentContext);
  const restoring = useRef(false);
  const shownBefore = useRef<string>(undefined);
  const keep = useEffectEvent(() => {
    if (!restoring.current) scrolls.set(view, { place, top: window.scrollY });
  });

  // A layout effect ends as soon as the views are out of sight, before the next page scrolls to its own top.
  useLayoutEffect(() => {
    window.addEventListener("scroll", keep, { passive: true });
    return () => window.removeEventListener("scroll", keep);
  }, []);

  const findTarget = useEffectEvent(() => {
    if (startsAtTop && shownBefore.current === undefined) {
      scrolls.set(view, { place, top: 0 });
      return undefined;
    }
    const kept = scrolls.get(view);
    if (kept?.place === place) return kept.top;
    const top = content.current?.getBoundingClientRect().top ?? 0;
    // Only back to the top of the views, and not where that is in sight.
    if (shownBefore.current !== undefined && top < 0) content.current?.scrollIntoView({ block: "start" });
    return undefined;
  });

  useEffect(() => {
    const target = findTarget();
    shownBefore.current = view;
    if (target === undefined) return;
    restoring.current = true;
    const stop = () => {
      restoring.current = false;
      observer?.disconnect();
      for (const event of ownWill) window.removeEventListener(event, stop);
    };
    const tryNow = () => {
      if (!restoring.current || document.documentElement.scrollHeight - window.innerHeight < target) return;
      window.scrollTo(0, target);
      stop();
    };
    // What is on its way makes the page longer.
    const observer = typeof ResizeObserver === "undefined" ? undefined : new ResizeObserver(tryNow);
    for (const event of ownWill) window.addEventListener(event, stop, { passive: true });
    // After the scrolling to the top that a change of pages brings.
    const cancel = onFrame(() => {
      observer?.observe(document.body);
      tryNow();
    });
    return () => {
      cancel();
      stop();
    };
  }, [view, onFrame]);

  return null;
}
