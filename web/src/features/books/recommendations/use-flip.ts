import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

const durationMs = 520;
const easing = "cubic-bezier(0.2, 0.8, 0.2, 1)";

/**
 * Lets the children of an element, each named by `data-flip`, glide from where they were to where they are whenever
 * `order` changes; new ones fade in, and those that rose pass in front. Nothing moves for people who prefer less motion.
 */
export function useFlip(container: RefObject<HTMLElement | null>, order: string): void {
  const places = useRef<ReadonlyMap<string, number>>(new Map());

  // A child that grows moves those below it, and the next glide starts from there.
  useEffect(() => {
    const element = container.current;
    if (element === null || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => {
      places.current = placesOf(element);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [container]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another order is the reason to look at the places again.
  useLayoutEffect(() => {
    const element = container.current;
    if (element === null) return;
    const before = places.current;
    places.current = placesOf(element);
    if (before.size > 0 && !prefersStillness()) glide(element, before);
  }, [container, order]);
}

function glide(container: HTMLElement, before: ReadonlyMap<string, number>): void {
  for (const child of childrenOf(container)) {
    const from = before.get(child.dataset.flip ?? "");
    if (from === undefined) {
      child.animate({ opacity: [0, 1], transform: ["scale(0.96)", "none"] }, { duration: durationMs, easing });
      continue;
    }
    const distance = from - child.offsetTop;
    if (distance === 0) continue;
    // Added to a glide that is still going on, so that a book that turns round midway does not jump.
    child.animate(
      { transform: [`translateY(${distance}px)`, "translateY(0)"] },
      { duration: durationMs, easing, composite: "add" },
    );
    if (distance > 0) child.animate({ zIndex: [1, 1] }, { duration: durationMs });
  }
}

// The layout's own places: scrolling and running animations do not change them.
function placesOf(container: HTMLElement): ReadonlyMap<string, number> {
  return new Map(childrenOf(container).map((child) => [child.dataset.flip ?? "", child.offsetTop]));
}

function childrenOf(container: HTMLElement): HTMLElement[] {
  return [...container.children].filter((child) => child instanceof HTMLElement && child.dataset.flip !== undefined) as
    // The filter has just made sure of it.
    HTMLElement[];
}

function prefersStillness(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
