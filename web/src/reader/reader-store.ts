import type { KeptStorage } from "../storage/kept-storage.ts";
import { newReaderId, parseReaderId } from "./reader-id.ts";

/** Which reader the app acts as, kept in the browser. */
export interface ReaderStore {
  /** The reader now. */
  get(): number;
  /** Acts as another reader from now on, in every tab. */
  set(id: number): void;
  /** Calls back after every change, also one made in another tab; returns how to stop that. */
  subscribe(listener: () => void): () => void;
}

const key = "triptych-reader";

/**
 * The reader in a storage. The first time, and whenever the storage holds nothing sensible, it is a new one. Where
 * the storage keeps nothing, the reader lasts as long as the page.
 */
export function createReaderStore(
  storage: Pick<KeptStorage, "getItem" | "setItem">,
  random: () => number,
): ReaderStore {
  const listeners = new Set<() => void>();
  let current = read(storage) ?? write(storage, newReaderId(random));
  const announce = () => {
    for (const listener of listeners) listener();
  };
  const onStorage = (event: StorageEvent) => {
    const stored = event.key === key ? read(storage) : undefined;
    if (stored === undefined || stored === current) return;
    current = stored;
    announce();
  };
  return {
    get: () => current,
    set(id) {
      current = write(storage, id);
      announce();
    },
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

function read(storage: Pick<KeptStorage, "getItem">): number | undefined {
  return parseReaderId(storage.getItem(key) ?? "");
}

function write(storage: Pick<KeptStorage, "setItem">, id: number): number {
  storage.setItem(key, String(id));
  return id;
}
