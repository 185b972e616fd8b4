import type { KeptStorage } from "../../../storage/kept-storage.ts";

/** How large a pane is, in percent of the room of it and its neighbour, and within which bounds. */
export interface PaneRange {
  readonly min: number;
  readonly max: number;
  readonly initial: number;
}

/** The size that is kept under a name, within bounds; the initial one where there is none. */
export function readPaneSize(storage: KeptStorage, name: string, range: PaneRange): number {
  const kept = Number(storage.getItem(keyOf(name)) ?? Number.NaN);
  return Number.isFinite(kept) ? within(kept, range) : range.initial;
}

/** Keeps a size. */
export function keepPaneSize(storage: KeptStorage, name: string, size: number): void {
  storage.setItem(keyOf(name), String(size));
}

/** A size within its bounds, in whole percent. */
export function within(size: number, { min, max }: PaneRange): number {
  return Math.round(Math.min(max, Math.max(min, size)));
}

/** The size after a key was pressed on the separator; undefined where the key means nothing there. */
export function sizeAfterKey(key: string, size: number, range: PaneRange): number | undefined {
  switch (key) {
    case "ArrowLeft":
      return within(size - 2, range);
    case "ArrowRight":
      return within(size + 2, range);
    case "Home":
      return range.min;
    case "End":
      return range.max;
    case "Enter":
      return range.initial;
    default:
      return undefined;
  }
}

function keyOf(name: string): string {
  return `explorer-pane-${name}`;
}
