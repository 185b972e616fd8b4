import { useState, useSyncExternalStore } from "react";
import { keptForTab } from "../storage/kept-storage.ts";

/** How the panel stands: at the foot of a wide window, or as a sheet above the bar at the foot of a narrow one. */
export type DockKind = "dock" | "sheet";

/** How high the panel may be, in pixels. */
export interface HeightLimits {
  readonly least: number;
  readonly most: number;
}

const least = 160;
const keys: Readonly<Record<DockKind, string>> = { dock: "triptych-wire-height", sheet: "triptych-wire-sheet" };
/** With the bar below it, a sheet is a little more than half of a phone. */
const usual: Readonly<Record<DockKind, (windowHeight: number) => number>> = {
  dock: () => 340,
  sheet: (windowHeight) => Math.round(windowHeight * 0.52),
};

/** The height of the panel in pixels, within what the window allows, kept while the browser's tab is. */
export function useDockHeight(kind: DockKind): {
  height: number;
  limits: HeightLimits;
  setHeight: (height: number) => void;
} {
  const windowHeight = useSyncExternalStore(subscribeToResize, () => window.innerHeight);
  const [wanted, setWanted] = useState(() => ({ dock: keptHeight("dock"), sheet: keptHeight("sheet") }));
  const limits = { least, most: Math.max(least, Math.round(windowHeight * 0.85)) };
  return {
    height: Math.min(limits.most, Math.max(limits.least, wanted[kind] ?? usual[kind](windowHeight))),
    limits,
    setHeight(height) {
      setWanted((before) => ({ ...before, [kind]: height }));
      keptForTab.setItem(keys[kind], String(height));
    },
  };
}

function subscribeToResize(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}

function keptHeight(kind: DockKind): number | undefined {
  const kept = Number.parseInt(keptForTab.getItem(keys[kind]) ?? "", 10);
  return Number.isNaN(kept) ? undefined : kept;
}
