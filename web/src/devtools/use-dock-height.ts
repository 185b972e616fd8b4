import { useState, useSyncExternalStore } from "react";
import { keptForTab } from "../storage/kept-storage.ts";

const key = "triptych-wire-height";
const least = 160;
const usual = 340;

/** How high the panel may be, in pixels. */
export interface HeightLimits {
  readonly least: number;
  readonly most: number;
}

/** The height of the panel in pixels, within what the window allows, kept while the browser's tab is. */
export function useDockHeight(): { height: number; limits: HeightLimits; setHeight: (height: number) => void } {
  const windowHeight = useSyncExternalStore(subscribeToResize, () => window.innerHeight);
  const [wanted, setWanted] = useState(readHeight);
  const limits = { least, most: Math.max(least, Math.round(windowHeight * 0.85)) };
  return {
    height: Math.min(limits.most, Math.max(limits.least, wanted)),
    limits,
    setHeight(height) {
      setWanted(height);
      keptForTab.setItem(key, String(height));
    },
  };
}

function subscribeToResize(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}

function readHeight(): number {
  const stored = Number(keptForTab.getItem(key) ?? usual);
  return Number.isFinite(stored) ? stored : usual;
}
