import type { KeptStorage } from "../../storage/kept-storage.ts";
import { type HistoryEntry, parseHistory } from "./history-entry.ts";

/** The results a person kept, newest first, in the browser. */
export interface HistoryStore {
  /** At most 50; the same array until something changes. */
  get(): readonly HistoryEntry[];
  /** Keeps a result as the newest. An older one of the same expression and digits goes. */
  add(entry: HistoryEntry): void;
  /** Forgets a result. */
  remove(entry: HistoryEntry): void;
  /** Forgets all results, or puts back what was there. */
  replace(entries: readonly HistoryEntry[]): void;
  /** Calls back after every change, also one made in another tab; returns how to stop that. */
  subscribe(listener: () => void): () => void;
}

const key = "triptych-calculator-history";
const limit = 50;

/** The history in a storage. Where nothing can be stored it lasts as long as the page. */
export function createHistoryStore(storage: Pick<KeptStorage, "getItem" | "setItem">): HistoryStore {
  const listeners = new Set<() => void>();
  let entries = read(storage);
  const announce = () => {
    for (const listener of listeners) listener();
  };
  const change = (next: readonly HistoryEntry[]) => {
    entries = next.slice(0, limit);
    storage.setItem(key, JSON.stringify(entries));
    announce();
  };
  const onStorage = (event: StorageEvent) => {
    // Without a key, all of the storage was cleared.
    if (event.key !== key && event.key !== null) return;
    entries = read(storage);
    announce();
  };
  return {
    get: () => entries,
    add: (entry) => change([entry, ...entries.filter((other) => !isSame(entry, other))]),
    remove: (entry) => change(entries.filter((other) => !isSame(entry, other))),
    replace: change,
    subscribe(listener) {
      if (listeners.size === 0) window.addEventListener("storage", onStorage);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) window.removeEventListener("storage", onStorage);
      };
    },
  };
}

function isSame(a: HistoryEntry, b: HistoryEntry): boolean {
  return a.expression === b.expression && a.digits === b.digits;
}

function read(storage: Pick<KeptStorage, "getItem">): readonly HistoryEntry[] {
  try {
    return parseHistory(storage.getItem(key) ?? "[]").slice(0, limit);
  } catch {
    return [];
  }
}
