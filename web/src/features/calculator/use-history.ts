import { useState, useSyncExternalStore } from "react";
import { keptForVisits } from "../../storage/kept-storage.ts";
import type { HistoryEntry } from "./history-entry.ts";
import { createHistoryStore, type HistoryStore } from "./history-store.ts";

/** The results kept in this browser, newest first, and the store that changes them. */
export function useHistory(): { entries: readonly HistoryEntry[]; history: HistoryStore } {
  const [history] = useState(() => createHistoryStore(keptForVisits));
  return { entries: useSyncExternalStore(history.subscribe, history.get), history };
}
