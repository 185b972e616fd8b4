import { useState, useSyncExternalStore } from "react";
import type { HistoryEntry } from "./history-entry.ts";
import { createHistoryStore, type HistoryStore } from "./history-store.ts";

/** The results kept in this browser, newest first, and the store that changes them. */
export function useHistory(): { entries: readonly HistoryEntry[]; history: HistoryStore } {
  const [history] = useState(() => createHistoryStore(window.localStorage));
  return { entries: useSyncExternalStore(history.subscribe, history.get), history };
}
