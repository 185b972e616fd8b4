import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/**
 * A part of a page that is loaded when it is first shown, and the stand-in that is shown from then on where it cannot
 * be loaded, so that the page around it goes on. A load fails with the code or with the style sheet of the part; that
 * of the style sheet is only seen by who awaits all of `load`.
 */
export function lazyPart<Props>(
  load: () => Promise<ComponentType<Props>>,
  StandIn: ComponentType<Props>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch {
      return { default: StandIn };
    }
  });
}
