import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

const near = 48;

/**
 * Keeps an element that scrolls at its end whenever `version` changes, unless it was scrolled away from there: within 48
 * pixels counts as there. Leaves it where it is while not `enabled`.
 */
export function useStickToEnd<E extends HTMLElement>(version: unknown, enabled = true): RefObject<E | null> {
  const element = useRef<E>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const scroller = element.current;
    if (scroller === null) return;
    const onScroll = () => {
      isAtEnd.current = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= near;
    };
    scroller.addEventListener("scroll", onScroll, { passive: true });
    return () => scroller.removeEventListener("scroll", onScroll);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is what it is for.
  useLayoutEffect(() => {
    const scroller = element.current;
    if (enabled && scroller !== null && isAtEnd.current) scroller.scrollTop = scroller.scrollHeight;
  }, [version]);
  return element;
}
