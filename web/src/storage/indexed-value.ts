import { get, update } from "idb-keyval";

/** A value that the browser keeps from visit to visit in IndexedDB, for all tabs. */
export interface IndexedValue {
  /** What is kept; undefined for nothing. Rejects where the browser keeps nothing. */
  read(): Promise<unknown>;
  /** Changes what is kept, as one act for all tabs. Rejects where the browser keeps nothing. */
  update(change: (kept: unknown) => unknown): Promise<void>;
  /** Calls back when another tab has changed it; returns how to stop that. */
  onOther(listener: () => void): () => void;
}

/** The value that is kept under a key. */
export function indexedValue(key: string): IndexedValue {
  const others = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(key);
  return {
    read: async () => get(key),
    async update(change) {
      await update<unknown>(key, change);
      others?.postMessage("changed");
    },
    onOther(listener) {
      others?.addEventListener("message", listener);
      return () => others?.removeEventListener("message", listener);
    },
  };
}
