import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

const durationMs = 520;
const leavingMs = 380;
const easing = "cubic-bezier(0.2, 0.8, 0.2, 1)";

interface Place {
  readonly element: HTMLElement;
  readonly top: number;
}

type Places = ReadonlyMap<string, Place>;

/**
 * Lets the children of an element, each named by `data-flip`, glide from where they were to where they are whenever
 * `order` changes. Those that rose pass in front and glow for a moment, as do new ones, which fade in; those that are gone
 * fade out where they stood. Nothing moves for people who prefer less motion.
 */
export function useFlip(container: RefObject<HTMLElement | null>, order: string): void {
  const places = useRef<Places>(new Map());

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
    const now = placesOf(element);
    places.current = now;
    if (before.size === 0 || prefersStillness()) return;
    glide(before, now);
    for (const [name, place] of before) if (!now.has(name)) leave(element, place);
  }, [container, order]);
}

function glide(before: Places, now: Places): void {
  for (const [name, { element, top }] of now) {
    const from = before.get(name)?.top;
    if (from === undefined) {
      element.animate({ opacity: [0, 1], transform: ["scale(0.96)", "none"] }, { duration: durationMs, easing });
      glow(element);
      continue;
    }
    const distance = from - top;
    if (distance === 0) continue;
    // Added to a glide that is still going on, so that a book that turns round midway does not jump.
    element.animate(
      { transform: [`translateY(${distance}px)`, "translateY(0)"] },
      { duration: durationMs, easing, composite: "add" },
    );
    if (element.dataset.change === "up") {
      element.animate({ zIndex: [1, 1] }, { duration: durationMs });
      glow(element);
    }
  }
}

function glow(element: HTMLElement): void {
  element.animate({ backgroundColor: ["var(--hue-soft)", "var(--tri-raised)"] }, { duration: 3 * durationMs });
}

/** Shows a likeness of a child that is gone, as it goes. It is nothing but a picture: no name, no focus, no control. */
function leave(container: HTMLElement, { element, top }: Place): void {
  const likeness = element.cloneNode(true) as HTMLElement;
  delete likeness.dataset.flip;
  likeness.inert = true;
  likeness.setAttribute("aria-hidden", "true");
  for (const named of likeness.querySelectorAll("[id], [name]")) {
    named.removeAttribute("id");
    named.removeAttribute("name");
  }
  Object.assign(likeness.style, { position: "absolute", insetInline: "0", insetBlockStart: `${top}px`, zIndex: "0" });
  container.append(likeness);
  const fading = likeness.animate(
    { opacity: [0.8, 0], transform: ["none", "translateX(2.5rem)"] },
    { duration: leavingMs, easing: "ease-in", fill: "forwards" },
  );
  fading.onfinish = () => likeness.remove();
  fading.oncancel = () => likeness.remove();
}

// The layout's own places: scrolling and running animations do not change them.
function placesOf(container: HTMLElement): Places {
  const children = [...container.children].filter((child) => child instanceof HTMLElement);
  return new Map(
    children.flatMap((element) =>
      element.dataset.flip === undefined ? [] : [[element.dataset.flip, { element, top: element.offsetTop }] as const],
    ),
  );
}

function prefersStillness(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
