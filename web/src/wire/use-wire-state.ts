import { useSyncExternalStore } from "react";
import type { WireState, WireStore } from "./wire-store.ts";

/** What the store shows now; renders again with every new state. */
export function useWireState(store: WireStore): WireState {
  return useSyncExternalStore(store.subscribe, store.getState);
}
