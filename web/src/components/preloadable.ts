import { type ComponentType, createElement, lazy, useState } from "react";

/** A component whose code is loaded apart. */
export interface Preloadable<Props extends object> {
  /** Shown at once when its code is there; otherwise it suspends, and fails where the code cannot be loaded. */
  readonly Component: ComponentType<Props>;
  /** Loads the code ahead of time. Settles when it is there or cannot be had, and never fails: that is seen when it is shown. */
  readonly preload: () => Promise<void>;
}

/** A component that is loaded when it is first shown, or before, and then is shown without a fallback in between. */
export function preloadable<Props extends object>(load: () => Promise<ComponentType<Props>>): Preloadable<Props> {
  let loaded: ComponentType<Props> | undefined;
  const loadAndKeep = async () => {
    loaded = await load();
    return loaded;
  };
  const Lazy = lazy(async () => ({ default: await loadAndKeep() }));
  function Component(props: Props) {
    // The same from its first render on: another would begin with another state.
    const [Shown] = useState<ComponentType<Props>>(() => loaded ?? Lazy);
    return createElement(Shown, props);
  }
  const preload = async () => void (await loadAndKeep().catch(() => undefined));
  return { Component, preload };
}
