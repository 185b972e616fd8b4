import type { RecorderState, RecorderStore } from "@triptych/rpc-web";
import { useSyncExternalStore } from "react";

/** What the store shows now; renders again with every new state. */
export function useRecorderState(store: RecorderStore): RecorderState {
  return useSyncExternalStore(store.subscribe, store.getState);
}
