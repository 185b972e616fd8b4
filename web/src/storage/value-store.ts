import type { IndexedValue } from "./indexed-value.ts";

/** Something that the browser keeps, for all parts of a page. */
export interface ValueStore<T> {
  /** The same object until something changes; empty until it is read. */
  value(): T;
  /** Calls back after each change; returns how to stop that. */
  subscribe(listener: () => void): () => void;
  /** Changes it at once; `change` is called again with what is kept by then. Where the browser keeps nothing it is there until the page is left. Never rejects. */
  change(change: (value: T) => T): Promise<void>;
}

/** Creates a store over what the browser keeps, which `read` makes a value of, whatever it is; it is read once the first listener has come. */
export function createValueStore<T>(storage: IndexedValue, read: (kept: unknown) => T): ValueStore<T> {
  const listeners = new Set<() => void>();
  let value = read(undefined);
  const set = (next: T) => {
    value = next;
    for (const listener of listeners) listener();
  };
  let pending = 0;
  const readAgain = () =>
    storage.read().then(
      // A change that is on its way reads it, too, and knows more.
      (kept) => pending === 0 && set(read(kept)),
      () => undefined,
    );
  let stop: (() => void) | undefined;
  return {
    value: () => value,
    subscribe(listener) {
      if (listeners.size === 0) {
        stop = storage.onOther(() => void readAgain());
        void readAgain();
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop?.();
      };
    },
    async change(change) {
      pending += 1;
      // At once: what a person types must not wait for the browser to have kept it.
      set(change(value));
      let changed = value;
      try {
        await storage.update((kept) => {
          changed = change(read(kept));
          return changed;
        });
      } catch {
        changed = value;
      }
      pending -= 1;
      // Of changes that follow each other only the last one knows them all.
      if (pending === 0) set(changed);
    },
  };
}
